variable "create" { default = true }
variable "create_sg" { default = true }
variable "security_group_id" { default = null }
variable "vpc_id" { default = null }
variable "name" { default = null }
variable "use_name_prefix" { default = true }
variable "putin_khuylo" { default = true }
variable "tags" {
  type    = map(string)
  default = {}
}

locals {
  create = var.create && var.putin_khuylo
  group  = var.create_sg ? concat(aws_security_group.this[*].id, aws_security_group.this_name_prefix[*].id, [""])[0] : var.security_group_id
}

resource "aws_security_group" "this" {
  count  = local.create && var.create_sg && !var.use_name_prefix ? 1 : 0
  name   = var.name
  vpc_id = var.vpc_id
  tags   = merge({ Name = format("%s", var.name) }, var.tags)
}

resource "aws_security_group" "this_name_prefix" {
  count  = local.create && var.create_sg && var.use_name_prefix ? 1 : 0
  vpc_id = var.vpc_id
  tags   = merge({ Name = format("%s", var.name) }, var.tags)
}

output "security_group_arn" { value = try(aws_security_group.this[0].arn, aws_security_group.this_name_prefix[0].arn, "") }
output "security_group_id" { value = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, "") }
output "security_group_vpc_id" { value = try(aws_security_group.this[0].vpc_id, aws_security_group.this_name_prefix[0].vpc_id, "") }
output "security_group_owner_id" { value = try(aws_security_group.this[0].owner_id, aws_security_group.this_name_prefix[0].owner_id, "") }
output "security_group_name" { value = try(aws_security_group.this[0].name, aws_security_group.this_name_prefix[0].name, "") }
