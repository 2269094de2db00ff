variable "create_security_group" {
  default  = true
  nullable = false
}
variable "security_group_use_name_prefix" {
  default  = true
  nullable = false
}
variable "security_group_tags" {
  default  = {}
  nullable = false
}
variable "security_group_name" { default = null }
variable "security_group_ingress_rules" {
  default  = {}
  nullable = false
  type = map(object({
    name                         = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    from_port                    = optional(string)
    to_port                      = optional(string)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
    tags                         = optional(map(string), {})
  }))
}
variable "security_group_egress_rules" {
  default  = {}
  nullable = false
  type = map(object({
    name                         = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    from_port                    = optional(string)
    to_port                      = optional(string)
    ip_protocol                  = optional(string, "tcp")
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
    tags                         = optional(map(string), {})
  }))
}

# The modules make the group of the first subnet's VPC, and a rule within it for Elastic Fabric Adapter.
locals {
  efa_rules      = { for name in ["all_self_efa"] : name => { ip_protocol = "-1", self = true, name = null, tags = {} } if var.enable_efa_support }
  ingress_rules  = merge(local.efa_rules, var.security_group_ingress_rules)
  egress_rules   = merge(local.efa_rules, var.security_group_egress_rules)
  own_group      = var.create && var.create_security_group && length(merge(local.ingress_rules, local.egress_rules)) > 0
  own_group_name = coalesce(var.security_group_name, "${var.cluster_name}-${var.name}")

  placements = [
    for given in [var.placement] : {
      availability_zone = try(given.availability_zone, null)
      group_name        = try(aws_placement_group.this[0].name, given.group_name, null)
    } if given != null || local.makes_placement_group
  ]
}

data "aws_subnet" "this" {
  count  = local.own_group ? 1 : 0
  id     = element(var.subnet_ids, 0)
  region = var.region
}

resource "aws_security_group" "this" {
  count  = local.own_group ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.own_group_name
  vpc_id = data.aws_subnet.this[0].vpc_id
  region = var.region
  tags   = merge(var.tags, { Name = local.own_group_name }, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = { for name, rule in local.ingress_rules : name => rule if local.own_group }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = each.value.ip_protocol
  from_port         = try(each.value.from_port, null)
  to_port           = try(coalesce(each.value.to_port, each.value.from_port), null)
  cidr_ipv4         = try(each.value.cidr_ipv4, null)
  cidr_ipv6         = try(each.value.cidr_ipv6, null)
  prefix_list_id    = try(each.value.prefix_list_id, null)
  region            = var.region

  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id

  tags = merge(
    var.tags,
    var.security_group_tags,
    { Name = coalesce(each.value.name, "${local.own_group_name}-${each.key}") },
    each.value.tags,
  )
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each          = { for name, rule in local.egress_rules : name => rule if local.own_group }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = each.value.ip_protocol
  from_port         = try(coalesce(each.value.from_port, each.value.to_port), null)
  to_port           = try(each.value.to_port, null)
  cidr_ipv4         = try(each.value.cidr_ipv4, null)
  cidr_ipv6         = try(each.value.cidr_ipv6, null)
  prefix_list_id    = try(each.value.prefix_list_id, null)
  region            = var.region

  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id

  tags = merge(
    var.tags,
    var.security_group_tags,
    { Name = coalesce(each.value.name, "${local.own_group_name}-${each.key}") },
    each.value.tags,
  )
}

output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
