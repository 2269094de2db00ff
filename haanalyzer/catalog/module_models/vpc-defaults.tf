variable "manage_default_vpc" { default = false }
variable "default_vpc_name" { default = null }
variable "default_vpc_enable_dns_support" { default = true }
variable "default_vpc_enable_dns_hostnames" { default = true }
variable "default_vpc_tags" { default = {} }
variable "manage_default_security_group" { default = true }
variable "default_security_group_name" { default = null }
variable "default_security_group_ingress" { default = [] }
variable "default_security_group_egress" { default = [] }
variable "default_security_group_tags" { default = {} }
variable "manage_default_network_acl" { default = true }
variable "default_network_acl_name" { default = null }
variable "default_network_acl_ingress" {
  default = [
    { rule_no = 100, action = "allow", from_port = 0, to_port = 0, protocol = "-1", cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", from_port = 0, to_port = 0, protocol = "-1", ipv6_cidr_block = "::/0" },
  ]
}
variable "default_network_acl_egress" {
  default = [
    { rule_no = 100, action = "allow", from_port = 0, to_port = 0, protocol = "-1", cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", from_port = 0, to_port = 0, protocol = "-1", ipv6_cidr_block = "::/0" },
  ]
}
variable "default_network_acl_tags" { default = {} }
variable "manage_default_route_table" { default = true }
variable "default_route_table_name" { default = null }
variable "default_route_table_routes" { default = [] }
variable "default_route_table_tags" { default = {} }

resource "aws_default_vpc" "this" {
  count                = var.manage_default_vpc ? 1 : 0
  region               = var.region
  enable_dns_support   = var.default_vpc_enable_dns_support
  enable_dns_hostnames = var.default_vpc_enable_dns_hostnames
  tags                 = merge({ Name = coalesce(var.default_vpc_name, "default") }, var.tags, var.default_vpc_tags)
}

resource "aws_default_security_group" "this" {
  count  = local.create && var.manage_default_security_group ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id
  tags   = merge({ Name = coalesce(var.default_security_group_name, "${var.name}-default") }, var.tags, var.default_security_group_tags)

  dynamic "ingress" {
    for_each = var.default_security_group_ingress

    content {
      from_port        = lookup(ingress.value, "from_port", 0)
      to_port          = lookup(ingress.value, "to_port", 0)
      protocol         = lookup(ingress.value, "protocol", "-1")
      self             = lookup(ingress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(ingress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(ingress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(ingress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(ingress.value, "security_groups", "")))
    }
  }

  dynamic "egress" {
    for_each = var.default_security_group_egress

    content {
      from_port        = lookup(egress.value, "from_port", 0)
      to_port          = lookup(egress.value, "to_port", 0)
      protocol         = lookup(egress.value, "protocol", "-1")
      self             = lookup(egress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(egress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(egress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(egress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(egress.value, "security_groups", "")))
    }
  }
}

resource "aws_default_network_acl" "this" {
  count                  = local.create && var.manage_default_network_acl ? 1 : 0
  region                 = var.region
  default_network_acl_id = aws_vpc.this[0].default_network_acl_id
  subnet_ids             = null

  tags = merge(
    { Name = coalesce(var.default_network_acl_name, "${var.name}-default") },
    var.tags,
    var.default_network_acl_tags,
  )

  dynamic "ingress" {
    for_each = var.default_network_acl_ingress

    content {
      rule_no         = ingress.value.rule_no
      action          = ingress.value.action
      protocol        = ingress.value.protocol
      from_port       = ingress.value.from_port
      to_port         = ingress.value.to_port
      icmp_type       = lookup(ingress.value, "icmp_type", null)
      icmp_code       = lookup(ingress.value, "icmp_code", null)
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
    }
  }

  dynamic "egress" {
    for_each = var.default_network_acl_egress

    content {
      rule_no         = egress.value.rule_no
      action          = egress.value.action
      protocol        = egress.value.protocol
      from_port       = egress.value.from_port
      to_port         = egress.value.to_port
      icmp_type       = lookup(egress.value, "icmp_type", null)
      icmp_code       = lookup(egress.value, "icmp_code", null)
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
    }
  }
}

resource "aws_default_route_table" "default" {
  count                  = local.create && var.manage_default_route_table ? 1 : 0
  region                 = var.region
  default_route_table_id = aws_vpc.this[0].default_route_table_id

  tags = merge(
    { Name = coalesce(var.default_route_table_name, "${var.name}-default") },
    var.tags,
    var.default_route_table_tags,
  )

  dynamic "route" {
    for_each = var.default_route_table_routes

    content {
      cidr_block                = route.value.cidr_block
      ipv6_cidr_block           = lookup(route.value, "ipv6_cidr_block", null)
      egress_only_gateway_id    = lookup(route.value, "egress_only_gateway_id", null)
      gateway_id                = lookup(route.value, "gateway_id", null)
      instance_id               = lookup(route.value, "instance_id", null)
      nat_gateway_id            = lookup(route.value, "nat_gateway_id", null)
      network_interface_id      = lookup(route.value, "network_interface_id", null)
      transit_gateway_id        = lookup(route.value, "transit_gateway_id", null)
      vpc_endpoint_id           = lookup(route.value, "vpc_endpoint_id", null)
      vpc_peering_connection_id = lookup(route.value, "vpc_peering_connection_id", null)
    }
  }
}

variable "enable_flow_log" { default = false }
variable "flow_log_destination_type" { default = "cloud-watch-logs" }
variable "flow_log_destination_arn" { default = "" }
variable "create_flow_log_cloudwatch_log_group" { default = false }
variable "vpc_flow_log_tags" { default = {} }

locals {
  logs_flows           = var.create_vpc && var.enable_flow_log
  makes_log_group      = local.logs_flows && var.flow_log_destination_type != "s3" && var.create_flow_log_cloudwatch_log_group
  flow_log_destination = local.makes_log_group ? try(aws_cloudwatch_log_group.flow_log[0].arn, null) : var.flow_log_destination_arn
}

resource "aws_flow_log" "this" {
  count                = local.logs_flows ? 1 : 0
  region               = var.region
  vpc_id               = local.vpc_id
  log_destination_type = var.flow_log_destination_type
  log_destination      = local.flow_log_destination
  tags                 = merge(var.tags, var.vpc_flow_log_tags)
}

resource "aws_cloudwatch_log_group" "flow_log" {
  count  = local.makes_log_group ? 1 : 0
  region = var.region
}
