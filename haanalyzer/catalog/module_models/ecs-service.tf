locals {
  is_external     = try(var.deployment_controller.type, null) == "EXTERNAL"
  is_daemon       = var.scheduling_strategy == "DAEMON"
  is_free         = local.is_external || local.is_daemon
  is_scaled       = var.create && var.create_service && var.enable_autoscaling && !local.is_daemon
  has_strategy    = try(length(var.capacity_provider_strategy) > 0, false)
  own_group       = var.create && var.create_security_group && var.network_mode == "awsvpc"
  security_groups = flatten(concat([try(aws_security_group.this[0].id, [])], var.security_group_ids))
  task_definition = var.create && var.create_task_definition ? aws_ecs_task_definition.this[0].arn : var.task_definition_arn
  service_name    = try(aws_ecs_service.this[0].name, aws_ecs_service.ignore_task_definition[0].name)
  target          = "service/${try(element(split("/", var.cluster_arn), 1), "")}/${local.service_name}"
}

resource "aws_ecs_service" "this" {
  count                              = var.create && var.create_service && !var.ignore_task_definition_changes ? 1 : 0
  name                               = var.name
  cluster                            = var.cluster_arn
  task_definition                    = local.task_definition
  launch_type                        = local.is_external || local.has_strategy ? null : var.launch_type
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  desired_count                      = local.is_free ? null : var.desired_count
  deployment_minimum_healthy_percent = local.is_free ? null : var.deployment_minimum_healthy_percent
  deployment_maximum_percent         = local.is_free ? null : var.deployment_maximum_percent
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  availability_zone_rebalancing      = var.availability_zone_rebalancing
  region                             = var.region
  tags                               = merge(var.tags, var.service_tags)

  dynamic "capacity_provider_strategy" {
    for_each = local.has_strategy && !local.is_external ? var.capacity_provider_strategy : {}

    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      base              = try(capacity_provider_strategy.value.base, null)
      weight            = try(coalesce(try(capacity_provider_strategy.value.weight, null), local.default_weight), null)
    }
  }

  dynamic "ordered_placement_strategy" {
    for_each = var.ordered_placement_strategy == null ? [] : var.ordered_placement_strategy

    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }

  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" && !local.is_external ? [var.subnet_ids] : []

    content {
      subnets         = network_configuration.value
      security_groups = local.security_groups
    }
  }

  dynamic "load_balancer" {
    for_each = var.load_balancer == null || local.is_external ? {} : var.load_balancer

    content {
      target_group_arn = try(load_balancer.value.target_group_arn, null)
      elb_name         = try(load_balancer.value.elb_name, null)
      container_port   = load_balancer.value.container_port
    }
  }

  dynamic "deployment_controller" {
    for_each = [for given in try([var.deployment_controller], []) : given if try(length(given) > 0, false)]

    content {
      type = try(deployment_controller.value.type, null)
    }
  }

  dynamic "deployment_configuration" {
    for_each = [for given in try([var.deployment_configuration], []) : given if try(length(given) > 0, false)]

    content {
      strategy = try(deployment_configuration.value.strategy, null)
    }
  }

  dynamic "deployment_circuit_breaker" {
    for_each = [for given in try([var.deployment_circuit_breaker], []) : given if try(length(given) > 0, false)]

    content {
      enable   = deployment_circuit_breaker.value.enable
      rollback = deployment_circuit_breaker.value.rollback
    }
  }

  dynamic "alarms" {
    for_each = [for given in try([var.alarms], []) : given if try(length(given) > 0, false)]

    content {
      enable   = try(alarms.value.enable, true)
      rollback = try(alarms.value.rollback, true)
    }
  }
}

resource "aws_ecs_service" "ignore_task_definition" {
  count                              = var.create && var.create_service && var.ignore_task_definition_changes ? 1 : 0
  name                               = var.name
  cluster                            = var.cluster_arn
  task_definition                    = local.task_definition
  launch_type                        = local.is_external || local.has_strategy ? null : var.launch_type
  scheduling_strategy                = var.launch_type == "FARGATE" ? "REPLICA" : var.scheduling_strategy
  desired_count                      = local.is_free ? null : var.desired_count
  deployment_minimum_healthy_percent = local.is_free ? null : var.deployment_minimum_healthy_percent
  deployment_maximum_percent         = local.is_free ? null : var.deployment_maximum_percent
  health_check_grace_period_seconds  = var.health_check_grace_period_seconds
  availability_zone_rebalancing      = var.availability_zone_rebalancing
  region                             = var.region
  tags                               = merge(var.tags, var.service_tags)

  dynamic "capacity_provider_strategy" {
    for_each = local.has_strategy && !local.is_external ? var.capacity_provider_strategy : {}

    content {
      capacity_provider = capacity_provider_strategy.value.capacity_provider
      base              = try(capacity_provider_strategy.value.base, null)
      weight            = try(coalesce(try(capacity_provider_strategy.value.weight, null), local.default_weight), null)
    }
  }

  dynamic "ordered_placement_strategy" {
    for_each = var.ordered_placement_strategy == null ? [] : var.ordered_placement_strategy

    content {
      type  = ordered_placement_strategy.value.type
      field = try(ordered_placement_strategy.value.field, null)
    }
  }

  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" && !local.is_external ? [var.subnet_ids] : []

    content {
      subnets         = network_configuration.value
      security_groups = local.security_groups
    }
  }

  dynamic "load_balancer" {
    for_each = var.load_balancer == null || local.is_external ? {} : var.load_balancer

    content {
      target_group_arn = try(load_balancer.value.target_group_arn, null)
      elb_name         = try(load_balancer.value.elb_name, null)
      container_port   = load_balancer.value.container_port
    }
  }

  dynamic "deployment_controller" {
    for_each = [for given in try([var.deployment_controller], []) : given if try(length(given) > 0, false)]

    content {
      type = try(deployment_controller.value.type, null)
    }
  }

  dynamic "deployment_configuration" {
    for_each = [for given in try([var.deployment_configuration], []) : given if try(length(given) > 0, false)]

    content {
      strategy = try(deployment_configuration.value.strategy, null)
    }
  }

  dynamic "deployment_circuit_breaker" {
    for_each = [for given in try([var.deployment_circuit_breaker], []) : given if try(length(given) > 0, false)]

    content {
      enable   = deployment_circuit_breaker.value.enable
      rollback = deployment_circuit_breaker.value.rollback
    }
  }

  dynamic "alarms" {
    for_each = [for given in try([var.alarms], []) : given if try(length(given) > 0, false)]

    content {
      enable   = try(alarms.value.enable, true)
      rollback = try(alarms.value.rollback, true)
    }
  }
}

resource "aws_ecs_task_definition" "this" {
  count                    = var.create && var.create_task_definition ? 1 : 0
  family                   = coalesce(var.family, var.name)
  network_mode             = var.network_mode
  requires_compatibilities = var.requires_compatibilities
  region                   = var.region
  tags                     = merge(var.tags, var.task_tags)
}

resource "aws_ecs_task_set" "this" {
  count   = var.create && var.create_task_definition && local.is_external && !var.ignore_task_definition_changes ? 1 : 0
  service = try(aws_ecs_service.this[0].id, aws_ecs_service.ignore_task_definition[0].id)
  cluster = var.cluster_arn
  region  = var.region

  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" ? [var.subnet_ids] : []

    content {
      subnets         = network_configuration.value
      security_groups = local.security_groups
    }
  }

  dynamic "load_balancer" {
    for_each = var.load_balancer == null ? {} : var.load_balancer

    content {
      target_group_arn = try(load_balancer.value.target_group_arn, null)
      container_port   = try(load_balancer.value.container_port, null)
    }
  }
}

resource "aws_ecs_task_set" "ignore_task_definition" {
  count   = var.create && var.create_task_definition && local.is_external && var.ignore_task_definition_changes ? 1 : 0
  service = try(aws_ecs_service.this[0].id, aws_ecs_service.ignore_task_definition[0].id)
  cluster = var.cluster_arn
  region  = var.region

  dynamic "network_configuration" {
    for_each = var.network_mode == "awsvpc" ? [var.subnet_ids] : []

    content {
      subnets         = network_configuration.value
      security_groups = local.security_groups
    }
  }

  dynamic "load_balancer" {
    for_each = var.load_balancer == null ? {} : var.load_balancer

    content {
      target_group_arn = try(load_balancer.value.target_group_arn, null)
      container_port   = try(load_balancer.value.container_port, null)
    }
  }
}

resource "aws_appautoscaling_target" "this" {
  count              = local.is_scaled ? 1 : 0
  resource_id        = local.target
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
  min_capacity       = min(var.autoscaling_min_capacity, var.desired_count)
  max_capacity       = max(var.autoscaling_max_capacity, var.desired_count)
  region             = var.region
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "this" {
  for_each           = local.is_scaled ? var.autoscaling_policies : {}
  name               = coalesce(try(each.value.name, null), each.key)
  policy_type        = coalesce(try(each.value.policy_type, null), "TargetTrackingScaling")
  resource_id        = local.target
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
  region             = var.region

  dynamic "target_tracking_scaling_policy_configuration" {
    for_each = coalesce(try(each.value.policy_type, null), "TargetTrackingScaling") == "TargetTrackingScaling" ? [for given in [try(each.value.target_tracking_scaling_policy_configuration, null)] : given if given != null] : []

    content {
      target_value     = coalesce(try(target_tracking_scaling_policy_configuration.value.target_value, null), 75)
      disable_scale_in = try(target_tracking_scaling_policy_configuration.value.disable_scale_in, null)
    }
  }
}

resource "aws_appautoscaling_scheduled_action" "this" {
  for_each           = local.is_scaled && var.autoscaling_scheduled_actions != null ? var.autoscaling_scheduled_actions : {}
  resource_id        = local.target
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
  schedule           = each.value.schedule
  region             = var.region

  scalable_target_action {
    min_capacity = each.value.min_capacity
    max_capacity = each.value.max_capacity
  }
}

data "aws_subnet" "this" {
  count = local.own_group ? 1 : 0
  id    = element(var.subnet_ids, 0)
}

resource "aws_security_group" "this" {
  count  = local.own_group ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.group_name
  vpc_id = var.vpc_id != null ? var.vpc_id : data.aws_subnet.this[0].vpc_id
  region = var.region
  tags   = merge(var.tags, { Name = local.group_name }, var.security_group_tags)
}

output "id" { value = try(aws_ecs_service.this[0].id, aws_ecs_service.ignore_task_definition[0].id, null) }
output "name" { value = try(aws_ecs_service.this[0].name, aws_ecs_service.ignore_task_definition[0].name, null) }
output "task_definition_arn" { value = try(aws_ecs_task_definition.this[0].arn, var.task_definition_arn) }
output "task_definition_family" { value = try(aws_ecs_task_definition.this[0].family, null) }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }
