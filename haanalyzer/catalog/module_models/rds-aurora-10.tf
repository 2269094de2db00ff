variable "allocated_storage" { default = null }
variable "cluster_instance_class" { default = null }
variable "security_group_ingress_rules" {
  default  = {}
  nullable = false
}
variable "security_group_egress_rules" {
  default  = {}
  nullable = false
}

locals {
  # Storage is given for clusters of RDS that are no Aurora.
  cluster_class  = var.allocated_storage == null ? null : var.cluster_instance_class
  instance_class = var.cluster_instance_class
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = { for key, rule in var.security_group_ingress_rules : key => rule if local.own_group }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = coalesce(try(each.value.ip_protocol, null), "tcp")
  from_port         = coalesce(try(each.value.from_port, null), local.port)
  to_port           = coalesce(try(each.value.to_port, null), try(each.value.from_port, null), local.port)
  cidr_ipv4         = try(each.value.cidr_ipv4, null)
  cidr_ipv6         = try(each.value.cidr_ipv6, null)
  prefix_list_id    = try(each.value.prefix_list_id, null)
  region            = var.region

  referenced_security_group_id = (
    try(each.value.referenced_security_group_id, null) == "self"
    ? aws_security_group.this[0].id
    : try(each.value.referenced_security_group_id, null)
  )

  tags = merge(
    var.tags,
    { Name = coalesce(try(each.value.name, null), "${local.group_name}-${each.key}") },
    try(each.value.tags, {}),
  )
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each          = { for key, rule in var.security_group_egress_rules : key => rule if local.own_group }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = coalesce(try(each.value.ip_protocol, null), "tcp")
  from_port         = coalesce(try(each.value.from_port, null), try(each.value.to_port, null), local.port)
  to_port           = coalesce(try(each.value.to_port, null), try(each.value.from_port, null), local.port)
  cidr_ipv4         = try(each.value.cidr_ipv4, null)
  cidr_ipv6         = try(each.value.cidr_ipv6, null)
  prefix_list_id    = try(each.value.prefix_list_id, null)
  region            = var.region

  referenced_security_group_id = (
    try(each.value.referenced_security_group_id, null) == "self"
    ? aws_security_group.this[0].id
    : try(each.value.referenced_security_group_id, null)
  )

  tags = merge(
    var.tags,
    { Name = coalesce(try(each.value.name, null), "${local.group_name}-${each.key}") },
    try(each.value.tags, {}),
  )
}
