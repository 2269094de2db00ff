variable "name" {}
variable "create" { default = true }
variable "ignore_desired_capacity_changes" { default = false }
variable "use_name_prefix" { default = true }
variable "availability_zones" { default = null }
variable "vpc_zone_identifier" { default = null }
variable "availability_zone_distribution" { default = null }
variable "min_size" { default = null }
variable "max_size" { default = null }
variable "desired_capacity" { default = null }
variable "default_cooldown" { default = null }
variable "health_check_type" { default = null }
variable "health_check_grace_period" { default = null }
variable "suspended_processes" { default = [] }
variable "placement_group" { default = null }
variable "use_mixed_instances_policy" { default = false }
variable "mixed_instances_policy" { default = null }
variable "create_launch_template" { default = true }
variable "launch_template_id" { default = null }
variable "launch_template_name" { default = "" }
variable "launch_template_use_name_prefix" { default = true }
variable "launch_template_tags" { default = {} }
variable "image_id" { default = null }
variable "instance_type" { default = null }
variable "instance_name" { default = "" }
variable "instance_market_options" { default = null }
variable "user_data" { default = null }
variable "security_groups" { default = [] }
variable "network_interfaces" { default = null }
variable "block_device_mappings" { default = null }
variable "placement" { default = null }
variable "schedules" { default = null }
variable "create_schedule" { default = true }
variable "scaling_policies" { default = null }
variable "create_scaling_policy" { default = true }
variable "autoscaling_group_tags" { default = {} }
variable "region" { default = null }
variable "tags" { default = {} }

# What is not given is an empty list or map in releases before 9, null from there on.
locals {
  template_name = coalesce(var.launch_template_name, var.name)
  template_id   = var.create_launch_template ? aws_launch_template.this[0].id : var.launch_template_id
  group_name    = try(aws_autoscaling_group.this[0].name, aws_autoscaling_group.idc[0].name)
  group_tags    = merge(var.tags, { Name = coalesce(var.instance_name, var.name) }, var.autoscaling_group_tags)
  interfaces    = var.network_interfaces == null ? [] : var.network_interfaces
}

resource "aws_autoscaling_group" "this" {
  count                     = var.create && !var.ignore_desired_capacity_changes ? 1 : 0
  name                      = var.use_name_prefix ? null : var.name
  availability_zones        = var.availability_zones
  vpc_zone_identifier       = var.vpc_zone_identifier
  min_size                  = var.min_size
  max_size                  = var.max_size
  desired_capacity          = var.desired_capacity
  default_cooldown          = var.default_cooldown
  health_check_type         = var.health_check_type
  health_check_grace_period = var.health_check_grace_period
  suspended_processes       = var.suspended_processes
  placement_group           = var.placement_group
  region                    = var.region

  dynamic "availability_zone_distribution" {
    for_each = [for given in try([var.availability_zone_distribution], []) : given if try(length(given) > 0, false)]

    content {
      capacity_distribution_strategy = try(availability_zone_distribution.value.capacity_distribution_strategy, null)
    }
  }

  dynamic "launch_template" {
    for_each = var.use_mixed_instances_policy ? [] : [local.template_id]

    content {
      id = launch_template.value
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = var.use_mixed_instances_policy ? [var.mixed_instances_policy] : []

    content {
      dynamic "instances_distribution" {
        for_each = [for given in try([mixed_instances_policy.value.instances_distribution], []) : given if try(length(given) > 0, false)]

        content {
          on_demand_base_capacity                  = try(instances_distribution.value.on_demand_base_capacity, null)
          on_demand_percentage_above_base_capacity = try(instances_distribution.value.on_demand_percentage_above_base_capacity, null)
        }
      }

      launch_template {
        launch_template_specification {
          launch_template_id = local.template_id
        }

        dynamic "override" {
          for_each = try(mixed_instances_policy.value.override, coalesce(mixed_instances_policy.value.launch_template.override, []), [])

          content {
            instance_type     = try(override.value.instance_type, null)
            weighted_capacity = try(override.value.weighted_capacity, null)

            dynamic "launch_template_specification" {
              for_each = [for given in try([override.value.launch_template_specification], []) : given if try(length(given) > 0, false)]

              content {
                launch_template_id = try(launch_template_specification.value.launch_template_id, null)
              }
            }
          }
        }
      }
    }
  }

  dynamic "tag" {
    for_each = local.group_tags

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

resource "aws_autoscaling_group" "idc" {
  count                     = var.create && var.ignore_desired_capacity_changes ? 1 : 0
  name                      = var.use_name_prefix ? null : var.name
  availability_zones        = var.availability_zones
  vpc_zone_identifier       = var.vpc_zone_identifier
  min_size                  = var.min_size
  max_size                  = var.max_size
  desired_capacity          = var.desired_capacity
  default_cooldown          = var.default_cooldown
  health_check_type         = var.health_check_type
  health_check_grace_period = var.health_check_grace_period
  suspended_processes       = var.suspended_processes
  placement_group           = var.placement_group
  region                    = var.region

  dynamic "availability_zone_distribution" {
    for_each = [for given in try([var.availability_zone_distribution], []) : given if try(length(given) > 0, false)]

    content {
      capacity_distribution_strategy = try(availability_zone_distribution.value.capacity_distribution_strategy, null)
    }
  }

  dynamic "launch_template" {
    for_each = var.use_mixed_instances_policy ? [] : [local.template_id]

    content {
      id = launch_template.value
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = var.use_mixed_instances_policy ? [var.mixed_instances_policy] : []

    content {
      dynamic "instances_distribution" {
        for_each = [for given in try([mixed_instances_policy.value.instances_distribution], []) : given if try(length(given) > 0, false)]

        content {
          on_demand_base_capacity                  = try(instances_distribution.value.on_demand_base_capacity, null)
          on_demand_percentage_above_base_capacity = try(instances_distribution.value.on_demand_percentage_above_base_capacity, null)
        }
      }

      launch_template {
        launch_template_specification {
          launch_template_id = local.template_id
        }

        dynamic "override" {
          for_each = try(mixed_instances_policy.value.override, coalesce(mixed_instances_policy.value.launch_template.override, []), [])

          content {
            instance_type     = try(override.value.instance_type, null)
            weighted_capacity = try(override.value.weighted_capacity, null)

            dynamic "launch_template_specification" {
              for_each = [for given in try([override.value.launch_template_specification], []) : given if try(length(given) > 0, false)]

              content {
                launch_template_id = try(launch_template_specification.value.launch_template_id, null)
              }
            }
          }
        }
      }
    }
  }

  dynamic "tag" {
    for_each = local.group_tags

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

resource "aws_launch_template" "this" {
  count                  = var.create_launch_template ? 1 : 0
  name                   = var.launch_template_use_name_prefix ? null : local.template_name
  image_id               = var.image_id
  instance_type          = var.instance_type
  user_data              = var.user_data
  vpc_security_group_ids = length(local.interfaces) > 0 ? [] : var.security_groups
  region                 = var.region
  tags                   = merge(var.tags, var.launch_template_tags)

  dynamic "instance_market_options" {
    for_each = [for given in try([var.instance_market_options], []) : given if try(length(given) > 0, false)]

    content {
      market_type = try(instance_market_options.value.market_type, null)
    }
  }

  dynamic "network_interfaces" {
    for_each = local.interfaces

    content {
      subnet_id            = try(network_interfaces.value.subnet_id, null)
      network_interface_id = try(network_interfaces.value.network_interface_id, null)
      security_groups      = compact(concat(try(network_interfaces.value.security_groups, []), var.security_groups))
    }
  }

  dynamic "block_device_mappings" {
    for_each = var.block_device_mappings == null ? [] : var.block_device_mappings

    content {
      device_name  = try(block_device_mappings.value.device_name, null)
      virtual_name = try(block_device_mappings.value.virtual_name, null)

      dynamic "ebs" {
        for_each = [for ebs in flatten([try(block_device_mappings.value.ebs, [])]) : ebs if ebs != null]

        content {
          delete_on_termination = try(ebs.value.delete_on_termination, null)
          snapshot_id           = try(ebs.value.snapshot_id, null)
          volume_type           = try(ebs.value.volume_type, null)
        }
      }
    }
  }

  dynamic "placement" {
    for_each = [for given in try([var.placement], []) : given if try(length(given) > 0, false)]

    content {
      availability_zone = try(placement.value.availability_zone, null)
      group_name        = try(placement.value.group_name, null)
    }
  }
}

resource "aws_autoscaling_schedule" "this" {
  for_each               = var.create && var.create_schedule && var.schedules != null ? var.schedules : {}
  autoscaling_group_name = local.group_name
  min_size               = try(each.value.min_size, null)
  max_size               = try(each.value.max_size, null)
  desired_capacity       = try(each.value.desired_capacity, null)
  recurrence             = try(each.value.recurrence, null)
  region                 = var.region
}

resource "aws_autoscaling_policy" "this" {
  for_each                  = var.create && var.create_scaling_policy && var.scaling_policies != null ? var.scaling_policies : {}
  name                      = coalesce(try(each.value.name, null), each.key)
  autoscaling_group_name    = local.group_name
  policy_type               = try(each.value.policy_type, null)
  enabled                   = try(each.value.enabled, null)
  adjustment_type           = try(each.value.adjustment_type, null)
  scaling_adjustment        = try(each.value.scaling_adjustment, null)
  cooldown                  = try(each.value.cooldown, null)
  estimated_instance_warmup = try(each.value.estimated_instance_warmup, null)
  region                    = var.region

  dynamic "step_adjustment" {
    for_each = try(coalesce(each.value.step_adjustment, []), [])

    content {
      scaling_adjustment = step_adjustment.value.scaling_adjustment
    }
  }

  dynamic "target_tracking_configuration" {
    for_each = [for given in try([each.value.target_tracking_configuration], []) : given if try(length(given) > 0, false)]

    content {
      target_value     = target_tracking_configuration.value.target_value
      disable_scale_in = try(target_tracking_configuration.value.disable_scale_in, null)
    }
  }

  dynamic "predictive_scaling_configuration" {
    for_each = [for given in try([each.value.predictive_scaling_configuration], []) : given if try(length(given) > 0, false)]

    content {
      mode = try(predictive_scaling_configuration.value.mode, null)
    }
  }
}

output "launch_template_id" { value = try(aws_launch_template.this[0].id, null) }
output "launch_template_arn" { value = try(aws_launch_template.this[0].arn, null) }
output "launch_template_name" { value = try(aws_launch_template.this[0].name, null) }
output "autoscaling_group_id" { value = try(aws_autoscaling_group.this[0].id, aws_autoscaling_group.idc[0].id, null) }
output "autoscaling_group_name" { value = try(aws_autoscaling_group.this[0].name, aws_autoscaling_group.idc[0].name, null) }
output "autoscaling_group_arn" { value = try(aws_autoscaling_group.this[0].arn, aws_autoscaling_group.idc[0].arn, null) }
output "autoscaling_group_min_size" { value = try(aws_autoscaling_group.this[0].min_size, aws_autoscaling_group.idc[0].min_size, null) }
output "autoscaling_group_max_size" { value = try(aws_autoscaling_group.this[0].max_size, aws_autoscaling_group.idc[0].max_size, null) }
output "autoscaling_group_desired_capacity" { value = try(aws_autoscaling_group.this[0].desired_capacity, aws_autoscaling_group.idc[0].desired_capacity, null) }
output "autoscaling_group_vpc_zone_identifier" { value = try(aws_autoscaling_group.this[0].vpc_zone_identifier, aws_autoscaling_group.idc[0].vpc_zone_identifier, []) }
