variable "create" { default = true }
variable "cluster_name" { default = "" }
variable "default_capacity_provider_strategy" { default = null }
variable "services" { default = null }
variable "region" { default = null }
variable "tags" { default = {} }
variable "cluster_tags" { default = {} }

locals {
  policies = {
    cpu    = { target_tracking_scaling_policy_configuration = {} }
    memory = { target_tracking_scaling_policy_configuration = {} }
  }
}

module "service" {
  source   = "terraform-aws-modules/ecs/aws//modules/service"
  for_each = var.create && var.services != null ? var.services : {}

  cluster_arn = module.cluster.arn
  name        = coalesce(try(each.value.name, null), each.key)
  region      = var.region
  tags        = merge(var.tags, try(coalesce(each.value.tags, {}), {}))

  create                             = try(each.value.create, null) == null ? true : each.value.create
  create_service                     = try(each.value.create_service, null) == null ? true : each.value.create_service
  create_task_definition             = try(each.value.create_task_definition, null) == null ? true : each.value.create_task_definition
  create_security_group              = try(each.value.create_security_group, null) == null ? true : each.value.create_security_group
  ignore_task_definition_changes     = try(each.value.ignore_task_definition_changes, null) == null ? false : each.value.ignore_task_definition_changes
  launch_type                        = try(each.value.launch_type, null) == null ? "FARGATE" : each.value.launch_type
  scheduling_strategy                = try(each.value.scheduling_strategy, null)
  desired_count                      = try(each.value.desired_count, null) == null ? 1 : each.value.desired_count
  capacity_provider_strategy         = try(each.value.capacity_provider_strategy, null)
  ordered_placement_strategy         = try(each.value.ordered_placement_strategy, null)
  availability_zone_rebalancing      = try(each.value.availability_zone_rebalancing, null)
  network_mode                       = try(each.value.network_mode, null) == null ? "awsvpc" : each.value.network_mode
  subnet_ids                         = try(each.value.subnet_ids, null) == null ? [] : each.value.subnet_ids
  vpc_id                             = try(each.value.vpc_id, null)
  load_balancer                      = try(each.value.load_balancer, null)
  health_check_grace_period_seconds  = try(each.value.health_check_grace_period_seconds, null)
  deployment_controller              = try(each.value.deployment_controller, null)
  deployment_configuration           = try(each.value.deployment_configuration, null)
  deployment_circuit_breaker         = try(each.value.deployment_circuit_breaker, null)
  deployment_minimum_healthy_percent = try(each.value.deployment_minimum_healthy_percent, null) == null ? 66 : each.value.deployment_minimum_healthy_percent
  deployment_maximum_percent         = try(each.value.deployment_maximum_percent, null) == null ? 200 : each.value.deployment_maximum_percent
  alarms                             = try(each.value.alarms, null)
  family                             = try(each.value.family, null)
  task_definition_arn                = try(each.value.task_definition_arn, null)
  requires_compatibilities           = try(each.value.requires_compatibilities, null) == null ? ["FARGATE"] : each.value.requires_compatibilities
  enable_autoscaling                 = try(each.value.enable_autoscaling, null) == null ? true : each.value.enable_autoscaling
  autoscaling_min_capacity           = try(each.value.autoscaling_min_capacity, null) == null ? 1 : each.value.autoscaling_min_capacity
  autoscaling_max_capacity           = try(each.value.autoscaling_max_capacity, null) == null ? 10 : each.value.autoscaling_max_capacity
  autoscaling_policies               = try(each.value.autoscaling_policies, null) == null ? local.policies : each.value.autoscaling_policies
  autoscaling_scheduled_actions      = try(each.value.autoscaling_scheduled_actions, null)
  security_group_ids                 = try(each.value.security_group_ids, null) == null ? [] : each.value.security_group_ids
  security_group_name                = try(each.value.security_group_name, null)
  security_group_use_name_prefix     = try(each.value.security_group_use_name_prefix, null) == null ? true : each.value.security_group_use_name_prefix
  security_group_ingress_rules       = try(each.value.security_group_ingress_rules, null) == null ? {} : each.value.security_group_ingress_rules
  security_group_egress_rules        = try(each.value.security_group_egress_rules, null) == null ? {} : each.value.security_group_egress_rules
  security_group_tags                = try(each.value.security_group_tags, null) == null ? {} : each.value.security_group_tags
  service_tags                       = try(each.value.service_tags, null) == null ? {} : each.value.service_tags
  task_tags                          = try(each.value.task_tags, null) == null ? {} : each.value.task_tags
}

output "cluster_arn" { value = module.cluster.arn }
output "cluster_id" { value = module.cluster.id }
output "cluster_name" { value = module.cluster.name }
output "services" { value = module.service }
