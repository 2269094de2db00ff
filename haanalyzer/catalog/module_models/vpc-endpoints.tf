variable "create" { default = true }
variable "region" { default = null }
variable "vpc_id" { default = null }
variable "endpoints" { default = {} }
variable "subnet_ids" { default = [] }
variable "tags" {
  type    = map(string)
  default = {}
}
variable "create_security_group" { default = false }
variable "security_group_name" { default = null }
variable "security_group_name_prefix" { default = null }
variable "security_group_rules" { default = {} }
variable "security_group_tags" { default = {} }

locals {
  endpoints   = { for key, endpoint in var.endpoints : key => endpoint if var.create && try(endpoint.create, true) }
  makes_group = var.create && var.create_security_group
}

data "aws_vpc_endpoint_service" "this" {
  for_each     = { for key, endpoint in local.endpoints : key => endpoint if var.region == null }
  service      = try(each.value.service, null)
  service_name = try(each.value.service_name, null)
}

resource "aws_vpc_endpoint" "this" {
  for_each          = local.endpoints
  region            = var.region
  vpc_id            = var.vpc_id
  service_name      = try(each.value.service_endpoint, data.aws_vpc_endpoint_service.this[each.key].service_name)
  vpc_endpoint_type = try(each.value.service_type, "Interface")
  subnet_ids        = try(each.value.service_type, "Interface") == "Interface" ? distinct(concat(var.subnet_ids, lookup(each.value, "subnet_ids", []))) : null
  route_table_ids   = try(each.value.service_type, "Interface") == "Gateway" ? lookup(each.value, "route_table_ids", null) : null
  tags              = merge(var.tags, try(each.value.tags, {}))
}

resource "aws_security_group" "this" {
  count  = local.makes_group ? 1 : 0
  region = var.region
  name   = var.security_group_name
  vpc_id = var.vpc_id
  tags   = merge(var.tags, var.security_group_tags, { Name = try(coalesce(var.security_group_name, var.security_group_name_prefix), "") })
}

resource "aws_security_group_rule" "this" {
  for_each                 = { for key, rule in var.security_group_rules : key => rule if local.makes_group }
  region                   = var.region
  security_group_id        = aws_security_group.this[0].id
  type                     = try(each.value.type, "ingress")
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = try(each.value.from_port, 443)
  to_port                  = try(each.value.to_port, 443)
  cidr_blocks              = lookup(each.value, "cidr_blocks", null)
  ipv6_cidr_blocks         = lookup(each.value, "ipv6_cidr_blocks", null)
  prefix_list_ids          = lookup(each.value, "prefix_list_ids", null)
  self                     = try(each.value.self, null)
  source_security_group_id = lookup(each.value, "source_security_group_id", null)
}

output "endpoints" { value = aws_vpc_endpoint.this }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
