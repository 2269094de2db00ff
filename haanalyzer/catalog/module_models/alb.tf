variable "create" { default = true }
variable "create_security_group" { default = true }
variable "load_balancer_type" { default = "application" }
variable "name" { default = null }
variable "name_prefix" { default = null }
variable "internal" { default = null }
variable "vpc_id" { default = null }
variable "subnets" { default = null }
variable "subnet_mapping" { default = null }
variable "security_groups" { default = [] }
variable "enable_cross_zone_load_balancing" { default = true }
variable "access_logs" { default = null }
variable "connection_logs" { default = null }
variable "default_port" { default = 80 }
variable "default_protocol" { default = "HTTP" }
variable "listeners" { default = {} }
variable "target_groups" { default = null }
variable "additional_target_group_attachments" { default = null }
variable "route53_records" { default = null }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_ingress_rules" { default = null }
variable "security_group_egress_rules" { default = null }
variable "security_group_tags" { default = {} }
variable "region" { default = null }
variable "tags" { default = {} }

# Releases from 10 on take null where those before take an empty map, and name an action's kind in a key, not in `type`.
locals {
  own_group     = var.create && var.create_security_group
  group_name    = try(coalesce(var.security_group_name, var.name, var.name_prefix), "")
  groups        = var.create && var.target_groups != null ? var.target_groups : {}
  tags          = merge(var.tags, local.module_tags)
  actions_first = ["authenticate_cognito", "authenticate_oidc", "jwt_validation", "fixed_response"]

  listener_rules = merge([
    for listener_key, listener in var.listeners : {
      for rule_key, rule in try(listener.rules, null) == null ? {} : listener.rules :
      "${listener_key}/${rule_key}" => merge(rule, { listener_key = listener_key })
    }
  ]...)
}

resource "aws_lb" "this" {
  count                            = var.create ? 1 : 0
  name                             = var.name
  load_balancer_type               = var.load_balancer_type
  internal                         = var.internal
  subnets                          = var.subnets
  security_groups                  = concat(var.create_security_group ? [aws_security_group.this[0].id] : [], var.security_groups)
  enable_cross_zone_load_balancing = var.enable_cross_zone_load_balancing
  region                           = var.region
  tags                             = local.tags

  dynamic "subnet_mapping" {
    for_each = var.subnet_mapping == null ? [] : var.subnet_mapping

    content {
      subnet_id = subnet_mapping.value.subnet_id
    }
  }

  dynamic "access_logs" {
    for_each = try(length(var.access_logs) > 0, false) ? [var.access_logs] : []

    content {
      bucket = access_logs.value.bucket
    }
  }

  dynamic "connection_logs" {
    for_each = try(length(var.connection_logs) > 0, false) ? [var.connection_logs] : []

    content {
      bucket = connection_logs.value.bucket
    }
  }
}

resource "aws_lb_listener" "this" {
  for_each          = var.create ? var.listeners : {}
  load_balancer_arn = aws_lb.this[0].arn
  port              = local.is_geneve[each.key] ? null : coalesce(try(each.value.port, null), var.default_port)
  protocol          = local.is_geneve[each.key] ? null : coalesce(try(each.value.protocol, null), var.default_protocol)
  region            = var.region
  tags              = merge(local.tags, try(each.value.tags, {}))

  dynamic "default_action" {
    for_each = [for kind in local.actions_first : kind if try(each.value[kind], null) != null]

    content {
      type = replace(default_action.value, "_", "-")
    }
  }

  dynamic "default_action" {
    for_each = [for forward in try([each.value.forward], []) : forward if forward != null]

    content {
      type             = "forward"
      target_group_arn = try(
        default_action.value.arn,
        aws_lb_target_group.this[default_action.value.target_group_key].arn,
        default_action.value.target_group_arn,
        null,
      )
    }
  }

  dynamic "default_action" {
    for_each = [for forward in try([each.value.weighted_forward], []) : forward if forward != null]

    content {
      type = "forward"

      forward {
        dynamic "target_group" {
          for_each = try(default_action.value.target_groups, null) == null ? [] : default_action.value.target_groups

          content {
            arn = try(
              target_group.value.arn,
              aws_lb_target_group.this[target_group.value.target_group_key].arn,
              target_group.value.target_group_arn,
              null,
            )
          }
        }
      }
    }
  }

  dynamic "default_action" {
    for_each = [for redirect in try([each.value.redirect], []) : redirect if redirect != null]

    content {
      type = "redirect"
    }
  }
}

locals {
  # What takes all ports, whatever is given.
  is_geneve = { for key, listener in var.listeners : key => coalesce(try(listener.protocol, null), var.default_protocol) == "GENEVE" && local.knows_geneve }

  forwarding = {
    for key, rule in local.listener_rules : key => {
      first    = [for action in rule.actions : action if anytrue([for kind in local.actions_first : try(action[kind], null) != null || try(action.type, "") == replace(kind, "_", "-")])]
      plain    = [for action in rule.actions : try(action.type, "") == "forward" ? action : action.forward if try(action.type, "") == "forward" || try(action.forward, null) != null]
      weighted = [for action in rule.actions : try(action.type, "") == "weighted-forward" ? action : action.weighted_forward if try(action.type, "") == "weighted-forward" || try(action.weighted_forward, null) != null]
      redirect = [for action in rule.actions : action if try(action.type, "") == "redirect" || try(action.redirect, null) != null]
    }
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each     = { for key, rule in local.listener_rules : key => rule if var.create }
  listener_arn = try(aws_lb_listener.this[each.value.listener_key].arn, each.value.listener_arn)
  region       = var.region
  tags         = merge(local.tags, try(each.value.tags, {}))

  dynamic "action" {
    for_each = concat(local.redirects_come_first ? local.forwarding[each.key].redirect : [], local.forwarding[each.key].first)

    content {
      type = "other"
    }
  }

  dynamic "action" {
    for_each = local.forwarding[each.key].plain

    content {
      type             = "forward"
      target_group_arn = try(
        action.value.target_group_arn != null ? action.value.target_group_arn : tonumber("none"),
        aws_lb_target_group.this[action.value.target_group_key].arn,
        null,
      )
    }
  }

  dynamic "action" {
    for_each = local.redirects_come_first ? [] : local.forwarding[each.key].redirect

    content {
      type = "redirect"
    }
  }

  dynamic "action" {
    for_each = local.forwarding[each.key].weighted

    content {
      type = "forward"

      forward {
        dynamic "target_group" {
          for_each = try(action.value.target_groups, [])

          content {
            arn = try(
              target_group.value.arn,
              aws_lb_target_group.this[target_group.value.target_group_key].arn,
              target_group.value.target_group_arn,
              null,
            )
          }
        }
      }
    }
  }
}

resource "aws_lb_target_group" "this" {
  for_each                          = local.groups
  target_type                       = try(each.value.target_type, null)
  vpc_id                            = coalesce(try(each.value.vpc_id, null), var.vpc_id)
  port                              = try(each.value.target_type, null) == "lambda" ? null : coalesce(try(each.value.port, null), var.default_port)
  protocol                          = try(each.value.target_type, null) == "lambda" ? null : coalesce(try(each.value.protocol, null), var.default_protocol)
  ip_address_type                   = try(each.value.ip_address_type, null)
  preserve_client_ip                = try(each.value.preserve_client_ip, null)
  deregistration_delay              = try(each.value.deregistration_delay, null)
  load_balancing_cross_zone_enabled = try(each.value.load_balancing_cross_zone_enabled, null)
  region                            = var.region
  tags                              = merge(local.tags, try(each.value.tags, {}))

  dynamic "health_check" {
    for_each = [for check in try([each.value.health_check], []) : check if check != null]

    content {
      enabled  = try(health_check.value.enabled, null)
      port     = try(health_check.value.port, null)
      protocol = try(health_check.value.protocol, null)
      path     = try(health_check.value.path, null)
      matcher  = try(health_check.value.matcher, null)
    }
  }

  dynamic "stickiness" {
    for_each = [for stickiness in try([each.value.stickiness], []) : stickiness if stickiness != null]

    content {
      enabled = try(stickiness.value.enabled, true)
    }
  }
}

resource "aws_lb_target_group_attachment" "this" {
  for_each          = { for key, group in local.groups : key => group if try(group.create_attachment, true) }
  target_group_arn  = aws_lb_target_group.this[each.key].arn
  target_id         = each.value.target_id
  port              = try(each.value.target_type, null) == "lambda" ? null : coalesce(try(each.value.port, null), var.default_port)
  availability_zone = try(each.value.availability_zone, null)
  region            = var.region
}

resource "aws_lb_target_group_attachment" "additional" {
  for_each          = var.create && var.additional_target_group_attachments != null ? var.additional_target_group_attachments : {}
  target_group_arn  = aws_lb_target_group.this[each.value.target_group_key].arn
  target_id         = each.value.target_id
  port              = try(each.value.target_type, null) == "lambda" ? null : coalesce(try(each.value.port, null), var.default_port)
  availability_zone = try(each.value.availability_zone, null)
  region            = var.region
}

resource "aws_security_group" "this" {
  count  = local.own_group ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.group_name
  vpc_id = var.vpc_id
  region = var.region
  tags   = merge(local.tags, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each                     = local.own_group && var.security_group_ingress_rules != null ? var.security_group_ingress_rules : {}
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = coalesce(try(each.value.ip_protocol, null), "tcp")
  from_port                    = try(each.value.from_port, null)
  to_port                      = try(coalesce(try(each.value.to_port, null), local.fills_ports ? try(each.value.from_port, null) : null), null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  region                       = var.region
  tags                         = merge(local.tags, var.security_group_tags, local.rule_names["ingress/${each.key}"], try(each.value.tags, {}))
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each                     = local.own_group && var.security_group_egress_rules != null ? var.security_group_egress_rules : {}
  security_group_id            = aws_security_group.this[0].id
  ip_protocol                  = coalesce(try(each.value.ip_protocol, null), "tcp")
  from_port                    = try(coalesce(try(each.value.from_port, null), local.fills_ports ? try(each.value.to_port, null) : null), null)
  to_port                      = try(each.value.to_port, null)
  cidr_ipv4                    = try(each.value.cidr_ipv4, null)
  cidr_ipv6                    = try(each.value.cidr_ipv6, null)
  prefix_list_id               = try(each.value.prefix_list_id, null)
  referenced_security_group_id = try(each.value.referenced_security_group_id, null)
  region                       = var.region
  tags                         = merge(local.tags, var.security_group_tags, local.rule_names["egress/${each.key}"], try(each.value.tags, {}))
}

resource "aws_route53_record" "this" {
  for_each = var.create && var.route53_records != null ? var.route53_records : {}
  zone_id  = each.value.zone_id
  name     = coalesce(try(each.value.name, null), each.key)
  type     = each.value.type

  alias {
    name                   = aws_lb.this[0].dns_name
    zone_id                = aws_lb.this[0].zone_id
    evaluate_target_health = try(each.value.evaluate_target_health, true)
  }
}

output "id" { value = try(aws_lb.this[0].id, null) }
output "arn" { value = try(aws_lb.this[0].arn, null) }
output "arn_suffix" { value = try(aws_lb.this[0].arn_suffix, null) }
output "dns_name" { value = try(aws_lb.this[0].dns_name, null) }
output "zone_id" { value = try(aws_lb.this[0].zone_id, null) }
output "listeners" { value = aws_lb_listener.this }
output "listener_rules" { value = aws_lb_listener_rule.this }
output "target_groups" { value = aws_lb_target_group.this }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
output "route53_records" { value = aws_route53_record.this }
