variable "create" {
  default  = true
  nullable = false
}
variable "create_security_group" {
  default  = true
  nullable = false
}
variable "name" { default = "" }
variable "vpc_id" { default = null }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" {
  default  = true
  nullable = false
}
variable "security_group_ingress_rules" {
  default  = {}
  nullable = false
}
variable "security_group_egress_rules" {
  default  = {}
  nullable = false
}
variable "security_group_tags" {
  default  = {}
  nullable = false
}
variable "region" { default = null }
variable "tags" {
  default  = {}
  nullable = false
}

locals {
  own_group  = var.create && var.create_security_group
  group_name = try(coalesce(var.security_group_name, var.name), "")
}

resource "aws_security_group" "this" {
  count  = local.own_group ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.group_name
  vpc_id = var.vpc_id
  region = var.region
  tags   = merge(var.tags, { Name = local.group_name }, var.security_group_tags)
}

output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
