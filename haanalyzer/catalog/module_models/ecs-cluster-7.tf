variable "cluster_capacity_providers" { default = [] }
variable "capacity_providers" { default = null }
variable "vpc_id" { default = null }
variable "create_security_group" {
  default  = true
  nullable = false
}
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
  default = {
    all_ipv4 = { cidr_ipv4 = "0.0.0.0/0", ip_protocol = "-1" }
    all_ipv6 = { cidr_ipv6 = "::/0", ip_protocol = "-1" }
  }
  nullable = false
}
variable "security_group_tags" {
  default  = {}
  nullable = false
}
variable "disable_v7_default_name_description" { default = false }

locals {
  default_weight    = 1
  providers         = var.capacity_providers == null ? {} : var.capacity_providers
  group_providers   = { for key, provider in local.providers : key => try(provider.auto_scaling_group_provider, null) }
  cluster_providers = distinct(concat(
    var.cluster_capacity_providers,
    [for key, provider in local.providers : aws_ecs_capacity_provider.this[key].name],
  ))
  own_group = var.create && var.create_security_group && anytrue([
    for provider in local.providers : try(provider.managed_instances_provider, null) != null
  ])
  group_name = coalesce(var.security_group_name, "${var.name}${var.disable_v7_default_name_description ? "" : "-cluster"}")
}

resource "aws_security_group" "this" {
  count  = local.own_group ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.group_name
  vpc_id = var.vpc_id
  region = var.region
  tags   = merge(var.tags, { Name = local.group_name }, var.security_group_tags)
}
