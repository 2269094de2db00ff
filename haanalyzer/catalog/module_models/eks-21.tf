variable "name" { default = "" }
variable "kubernetes_version" { default = null }
variable "ip_family" { default = "ipv4" }
variable "outpost_config" { default = null }
variable "create_security_group" { default = true }
variable "security_group_id" { default = "" }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_additional_rules" {
  default = {}
  type = map(object({
    type                       = optional(string, "ingress")
    protocol                   = optional(string, "tcp")
    from_port                  = number
    to_port                    = number
    cidr_blocks                = optional(list(string))
    ipv6_cidr_blocks           = optional(list(string))
    prefix_list_ids            = optional(list(string))
    self                       = optional(bool)
    source_node_security_group = optional(bool, false)
    source_security_group_id   = optional(string)
  }))
}
variable "security_group_tags" { default = {} }
variable "node_security_group_additional_rules" {
  default = {}
  type = map(object({
    type                          = optional(string, "ingress")
    protocol                      = optional(string, "tcp")
    from_port                     = number
    to_port                       = number
    cidr_blocks                   = optional(list(string))
    ipv6_cidr_blocks              = optional(list(string))
    prefix_list_ids               = optional(list(string))
    self                          = optional(bool)
    source_cluster_security_group = optional(bool, false)
    source_security_group_id      = optional(string)
  }))
}
variable "eks_managed_node_groups" { default = null }
variable "self_managed_node_groups" { default = null }

locals {
  name                   = var.name
  version                = var.kubernetes_version
  ip_family              = var.ip_family
  makes_cluster_group    = local.create && var.create_security_group
  cluster_group_given    = var.security_group_id
  cluster_group_named    = var.security_group_name
  cluster_group_prefixed = var.security_group_use_name_prefix
  cluster_group_rules    = var.security_group_additional_rules
  cluster_group_tags     = var.security_group_tags
  more_ports             = { ingress_cluster_10251_webhook = 10251 }
  more_rules             = {}
}

module "eks_managed_node_group" {
  source   = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  version  = "~> 21.0"
  for_each = var.create && var.outpost_config == null && var.eks_managed_node_groups != null ? var.eks_managed_node_groups : {}

  cluster_name = local.cluster_id
  name         = coalesce(try(each.value.name, null), each.key)
  subnet_ids   = coalesce(try(each.value.subnet_ids, null), var.subnet_ids)
  region       = var.region
  tags         = merge(var.tags, try(each.value.tags, null))

  create                          = try(each.value.create, null)
  create_launch_template          = try(each.value.create_launch_template, null)
  use_custom_launch_template      = try(each.value.use_custom_launch_template, null)
  launch_template_id              = try(each.value.launch_template_id, null)
  launch_template_name            = coalesce(try(each.value.launch_template_name, null), each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, null)
  launch_template_tags            = try(each.value.launch_template_tags, null)
  ami_id                          = try(each.value.ami_id, null)
  capacity_type                   = try(each.value.capacity_type, null)
  instance_types                  = try(each.value.instance_types, null)
  labels                          = try(each.value.labels, null)
  taints                          = try(each.value.taints, null)
  instance_market_options         = try(each.value.instance_market_options, null)
  block_device_mappings           = try(each.value.block_device_mappings, null)
  network_interfaces              = try(each.value.network_interfaces, null)
  enable_efa_support              = try(each.value.enable_efa_support, null)
  create_placement_group          = try(each.value.create_placement_group, null)
  placement                       = try(each.value.placement, null)
  create_security_group           = try(each.value.create_security_group, null)
  security_group_name             = try(each.value.security_group_name, null)
  security_group_use_name_prefix  = try(each.value.security_group_use_name_prefix, null)
  security_group_ingress_rules    = try(each.value.security_group_ingress_rules, null)
  security_group_egress_rules     = try(coalesce(each.value.security_group_egress_rules, {}), {})
  security_group_tags             = try(each.value.security_group_tags, null)

  vpc_security_group_ids            = compact(concat([local.node_group_id], try(coalesce(each.value.vpc_security_group_ids, []), [])))
  cluster_primary_security_group_id = try(each.value.attach_cluster_primary_security_group, null) == true ? local.default_group : null
}

module "self_managed_node_group" {
  source   = "terraform-aws-modules/eks/aws//modules/self-managed-node-group"
  version  = "~> 21.0"
  for_each = var.create && var.self_managed_node_groups != null ? var.self_managed_node_groups : {}

  cluster_name = local.cluster_id
  name         = coalesce(try(each.value.name, null), each.key)
  subnet_ids   = coalesce(try(each.value.subnet_ids, null), var.subnet_ids)
  region       = var.region
  tags         = merge(var.tags, try(each.value.tags, null))

  create                          = try(each.value.create, null)
  create_autoscaling_group        = try(each.value.create_autoscaling_group, null)
  use_name_prefix                 = try(each.value.use_name_prefix, null)
  availability_zones              = try(each.value.availability_zones, null)
  min_size                        = try(each.value.min_size, null)
  max_size                        = try(each.value.max_size, null)
  desired_size                    = try(each.value.desired_size, null)
  placement_group                 = try(each.value.placement_group, null)
  health_check_type               = try(each.value.health_check_type, null)
  health_check_grace_period       = try(each.value.health_check_grace_period, null)
  suspended_processes             = try(each.value.suspended_processes, null)
  use_mixed_instances_policy      = try(each.value.use_mixed_instances_policy, null)
  mixed_instances_policy          = try(each.value.mixed_instances_policy, null)
  autoscaling_group_tags          = try(each.value.autoscaling_group_tags, null)
  create_launch_template          = try(each.value.create_launch_template, null)
  launch_template_id              = try(each.value.launch_template_id, null)
  launch_template_name            = coalesce(try(each.value.launch_template_name, null), each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, null)
  ami_id                          = try(each.value.ami_id, null)
  instance_type                   = try(each.value.instance_type, null)
  instance_requirements           = try(each.value.instance_requirements, null)
  instance_market_options         = try(each.value.instance_market_options, null)
  block_device_mappings           = try(each.value.block_device_mappings, null)
  network_interfaces              = try(each.value.network_interfaces, null)
  enable_efa_support              = try(each.value.enable_efa_support, null)
  create_placement_group          = try(each.value.create_placement_group, null)
  placement                       = try(each.value.placement, null)
  create_security_group           = try(each.value.create_security_group, null)
  security_group_name             = try(each.value.security_group_name, null)
  security_group_use_name_prefix  = try(each.value.security_group_use_name_prefix, null)
  security_group_ingress_rules    = try(each.value.security_group_ingress_rules, null)
  security_group_egress_rules     = try(each.value.security_group_egress_rules, null)
  security_group_tags             = try(each.value.security_group_tags, null)

  vpc_security_group_ids            = compact(concat([local.node_group_id], try(coalesce(each.value.vpc_security_group_ids, []), [])))
  cluster_primary_security_group_id = try(each.value.attach_cluster_primary_security_group, null) == true ? local.default_group : null
}
