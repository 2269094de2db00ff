resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = local.own_group && var.security_group_ingress_rules != null ? var.security_group_ingress_rules : {}
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = coalesce(try(each.value.ip_protocol, null), "tcp")
  from_port         = try(coalesce(try(each.value.from_port, null), null), null)
  to_port           = try(coalesce(try(each.value.to_port, null), try(each.value.from_port, null)), null)
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
    var.security_group_tags,
    { Name = coalesce(try(each.value.name, null), "${local.group_name}-${each.key}") },
    try(coalesce(each.value.tags, {}), {}),
  )
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each          = local.own_group && var.security_group_egress_rules != null ? var.security_group_egress_rules : {}
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = coalesce(try(each.value.ip_protocol, null), "tcp")
  from_port         = try(coalesce(try(each.value.from_port, null), try(each.value.to_port, null)), null)
  to_port           = try(coalesce(try(each.value.to_port, null), null), null)
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
    var.security_group_tags,
    { Name = coalesce(try(each.value.name, null), "${local.group_name}-${each.key}") },
    try(coalesce(each.value.tags, {}), {}),
  )
}
