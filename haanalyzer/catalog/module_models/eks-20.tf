variable "cluster_name" { default = "" }
variable "cluster_version" { default = null }
variable "cluster_ip_family" { default = "ipv4" }
variable "outpost_config" { default = {} }
variable "create_cluster_security_group" { default = true }
variable "cluster_security_group_id" { default = "" }
variable "cluster_security_group_name" { default = null }
variable "cluster_security_group_use_name_prefix" { default = true }
variable "cluster_security_group_additional_rules" { default = {} }
variable "cluster_security_group_tags" { default = {} }
variable "node_security_group_additional_rules" { default = {} }
variable "enable_efa_support" { default = false }
variable "eks_managed_node_groups" { default = {} }
variable "eks_managed_node_group_defaults" { default = {} }
variable "self_managed_node_groups" { default = {} }
variable "self_managed_node_group_defaults" { default = {} }

locals {
  name                   = var.cluster_name
  version                = var.cluster_version
  ip_family              = var.cluster_ip_family
  makes_cluster_group    = local.create && var.create_cluster_security_group
  cluster_group_given    = var.cluster_security_group_id
  cluster_group_named    = var.cluster_security_group_name
  cluster_group_prefixed = var.cluster_security_group_use_name_prefix
  cluster_group_rules    = var.cluster_security_group_additional_rules
  cluster_group_tags     = var.cluster_security_group_tags
  more_ports             = {}
  more_rules = {
    for name, type in { ingress_all_self_efa = "ingress", egress_all_self_efa = "egress" } : name =>
    { type = type, protocol = "-1", from_port = 0, to_port = 0, self = true } if var.enable_efa_support
  }
}

module "eks_managed_node_group" {
  source   = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  version  = "~> 20.0"
  for_each = { for name, group in var.eks_managed_node_groups : name => group if var.create && length(var.outpost_config) == 0 }

  cluster_name = local.cluster_id
  name         = try(each.value.name, each.key)
  create       = try(each.value.create, true)
  tags         = merge(var.tags, try(each.value.tags, var.eks_managed_node_group_defaults.tags, {}))

  subnet_ids                      = try(each.value.subnet_ids, var.eks_managed_node_group_defaults.subnet_ids, var.subnet_ids)
  use_custom_launch_template      = try(each.value.use_custom_launch_template, var.eks_managed_node_group_defaults.use_custom_launch_template, true)
  capacity_type                   = try(each.value.capacity_type, var.eks_managed_node_group_defaults.capacity_type, null)
  instance_types                  = try(each.value.instance_types, var.eks_managed_node_group_defaults.instance_types, null)
  labels                          = try(each.value.labels, var.eks_managed_node_group_defaults.labels, null)
  taints                          = try(each.value.taints, var.eks_managed_node_group_defaults.taints, {})
  launch_template_tags            = try(each.value.launch_template_tags, var.eks_managed_node_group_defaults.launch_template_tags, {})
  create_launch_template          = try(each.value.create_launch_template, var.eks_managed_node_group_defaults.create_launch_template, true)
  launch_template_id              = try(each.value.launch_template_id, var.eks_managed_node_group_defaults.launch_template_id, "")
  launch_template_name            = try(each.value.launch_template_name, var.eks_managed_node_group_defaults.launch_template_name, each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, var.eks_managed_node_group_defaults.launch_template_use_name_prefix, true)
  ami_id                          = try(each.value.ami_id, var.eks_managed_node_group_defaults.ami_id, "")
  instance_market_options         = try(each.value.instance_market_options, var.eks_managed_node_group_defaults.instance_market_options, {})
  block_device_mappings           = try(each.value.block_device_mappings, var.eks_managed_node_group_defaults.block_device_mappings, {})
  network_interfaces              = try(each.value.network_interfaces, var.eks_managed_node_group_defaults.network_interfaces, [])
  enable_efa_support              = try(each.value.enable_efa_support, var.eks_managed_node_group_defaults.enable_efa_support, false)
  create_placement_group          = try(each.value.create_placement_group, var.eks_managed_node_group_defaults.create_placement_group, false)
  placement                       = try(each.value.placement, var.eks_managed_node_group_defaults.placement, {})
  create_schedule                 = try(each.value.create_schedule, var.eks_managed_node_group_defaults.create_schedule, true)
  schedules                       = try(each.value.schedules, var.eks_managed_node_group_defaults.schedules, {})

  vpc_security_group_ids = compact(concat(
    [local.node_group_id],
    try(each.value.vpc_security_group_ids, var.eks_managed_node_group_defaults.vpc_security_group_ids, []),
  ))
  cluster_primary_security_group_id = (
    try(each.value.attach_cluster_primary_security_group, var.eks_managed_node_group_defaults.attach_cluster_primary_security_group, false)
    ? local.default_group
    : null
  )
}

module "self_managed_node_group" {
  source   = "terraform-aws-modules/eks/aws//modules/self-managed-node-group"
  version  = "~> 20.0"
  for_each = { for name, group in var.self_managed_node_groups : name => group if var.create }

  cluster_name = local.cluster_id
  name         = try(each.value.name, each.key)
  create       = try(each.value.create, true)
  tags         = merge(var.tags, try(each.value.tags, var.self_managed_node_group_defaults.tags, {}))

  create_autoscaling_group        = try(each.value.create_autoscaling_group, var.self_managed_node_group_defaults.create_autoscaling_group, true)
  use_name_prefix                 = try(each.value.use_name_prefix, var.self_managed_node_group_defaults.use_name_prefix, true)
  availability_zones              = try(each.value.availability_zones, var.self_managed_node_group_defaults.availability_zones, null)
  subnet_ids                      = try(each.value.subnet_ids, var.self_managed_node_group_defaults.subnet_ids, var.subnet_ids)
  min_size                        = try(each.value.min_size, var.self_managed_node_group_defaults.min_size, 0)
  max_size                        = try(each.value.max_size, var.self_managed_node_group_defaults.max_size, 3)
  desired_size                    = try(each.value.desired_size, var.self_managed_node_group_defaults.desired_size, 1)
  default_cooldown                = try(each.value.default_cooldown, var.self_managed_node_group_defaults.default_cooldown, null)
  target_group_arns               = try(each.value.target_group_arns, var.self_managed_node_group_defaults.target_group_arns, [])
  placement_group                 = try(each.value.placement_group, var.self_managed_node_group_defaults.placement_group, null)
  health_check_type               = try(each.value.health_check_type, var.self_managed_node_group_defaults.health_check_type, null)
  health_check_grace_period       = try(each.value.health_check_grace_period, var.self_managed_node_group_defaults.health_check_grace_period, null)
  suspended_processes             = try(each.value.suspended_processes, var.self_managed_node_group_defaults.suspended_processes, [])
  use_mixed_instances_policy      = try(each.value.use_mixed_instances_policy, var.self_managed_node_group_defaults.use_mixed_instances_policy, false)
  mixed_instances_policy          = try(each.value.mixed_instances_policy, var.self_managed_node_group_defaults.mixed_instances_policy, null)
  autoscaling_group_tags          = try(each.value.autoscaling_group_tags, var.self_managed_node_group_defaults.autoscaling_group_tags, {})
  instance_type                   = try(each.value.instance_type, var.self_managed_node_group_defaults.instance_type, "m6i.large")
  create_launch_template          = try(each.value.create_launch_template, var.self_managed_node_group_defaults.create_launch_template, true)
  launch_template_id              = try(each.value.launch_template_id, var.self_managed_node_group_defaults.launch_template_id, "")
  launch_template_name            = try(each.value.launch_template_name, var.self_managed_node_group_defaults.launch_template_name, each.key)
  launch_template_use_name_prefix = try(each.value.launch_template_use_name_prefix, var.self_managed_node_group_defaults.launch_template_use_name_prefix, true)
  ami_id                          = try(each.value.ami_id, var.self_managed_node_group_defaults.ami_id, "")
  instance_market_options         = try(each.value.instance_market_options, var.self_managed_node_group_defaults.instance_market_options, {})
  block_device_mappings           = try(each.value.block_device_mappings, var.self_managed_node_group_defaults.block_device_mappings, {})
  network_interfaces              = try(each.value.network_interfaces, var.self_managed_node_group_defaults.network_interfaces, [])
  enable_efa_support              = try(each.value.enable_efa_support, var.self_managed_node_group_defaults.enable_efa_support, false)
  create_placement_group          = try(each.value.create_placement_group, var.self_managed_node_group_defaults.create_placement_group, false)
  placement                       = try(each.value.placement, var.self_managed_node_group_defaults.placement, {})
  create_schedule                 = try(each.value.create_schedule, var.self_managed_node_group_defaults.create_schedule, true)
  schedules                       = try(each.value.schedules, var.self_managed_node_group_defaults.schedules, {})

  vpc_security_group_ids = compact(concat(
    [local.node_group_id],
    try(each.value.vpc_security_group_ids, var.self_managed_node_group_defaults.vpc_security_group_ids, []),
  ))
  cluster_primary_security_group_id = (
    try(each.value.attach_cluster_primary_security_group, var.self_managed_node_group_defaults.attach_cluster_primary_security_group, false)
    ? local.default_group
    : null
  )
}
