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

module "cluster" {
  source                              = "terraform-aws-modules/ecs/aws//modules/cluster"
  version                             = "~> 7.0"
  create                              = var.create
  name                                = var.cluster_name
  cluster_capacity_providers          = var.cluster_capacity_providers
  capacity_providers                  = var.capacity_providers
  default_capacity_provider_strategy  = var.default_capacity_provider_strategy
  vpc_id                              = var.vpc_id
  create_security_group               = var.create_security_group
  security_group_name                 = var.security_group_name
  security_group_use_name_prefix      = var.security_group_use_name_prefix
  security_group_ingress_rules        = var.security_group_ingress_rules
  security_group_egress_rules         = var.security_group_egress_rules
  security_group_tags                 = var.security_group_tags
  disable_v7_default_name_description = var.disable_v7_default_name_description
  region                              = var.region
  tags                                = merge(var.tags, var.cluster_tags)
}
