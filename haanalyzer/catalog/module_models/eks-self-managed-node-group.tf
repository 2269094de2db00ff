variable "create_autoscaling_group" {
  default  = true
  nullable = false
}
variable "use_name_prefix" {
  default  = true
  nullable = false
}
variable "min_size" {
  type     = number
  default  = 1
  nullable = false
}
variable "max_size" {
  type     = number
  default  = 3
  nullable = false
}
variable "desired_size" {
  type     = number
  default  = 1
  nullable = false
}
variable "suspended_processes" {
  default  = []
  nullable = false
}
variable "use_mixed_instances_policy" {
  default  = false
  nullable = false
}
variable "autoscaling_group_tags" {
  default  = {}
  nullable = false
}
variable "instance_type" {
  default  = "m6i.large"
  nullable = false
}
variable "availability_zones" { default = null }
variable "placement_group" { default = null }
variable "health_check_type" { default = null }
variable "health_check_grace_period" { default = null }
variable "mixed_instances_policy" { default = null }
variable "instance_requirements" { default = null }

# What differs by release is local.instance_type and overrides.
locals {
  makes_template = var.create && var.create_launch_template
  template_name  = coalesce(var.launch_template_name, "${var.name}-node-group")
  template_tags  = var.tags
  template_id    = var.create && var.create_launch_template ? aws_launch_template.this[0].id : var.launch_template_id
  image_id       = var.ami_id == "" ? data.aws_ssm_parameter.ami.value : var.ami_id
  has_efa        = var.create && var.enable_efa_support && var.instance_type != ""
  efa_type       = var.instance_type
}

data "aws_ssm_parameter" "ami" {}

resource "aws_autoscaling_group" "this" {
  count                     = var.create && var.create_autoscaling_group ? 1 : 0
  name                      = var.use_name_prefix ? null : var.name
  availability_zones        = var.availability_zones
  vpc_zone_identifier       = var.subnet_ids
  min_size                  = var.min_size
  max_size                  = var.max_size
  desired_capacity          = var.desired_size
  health_check_type         = var.health_check_type
  health_check_grace_period = var.health_check_grace_period
  suspended_processes       = var.suspended_processes
  placement_group           = var.placement_group
  region                    = var.region

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
        for_each = [for given in try([mixed_instances_policy.value.instances_distribution], []) : given if given != null]

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
          for_each = local.overrides

          content {
            instance_type     = try(override.value.instance_type, null)
            weighted_capacity = try(override.value.weighted_capacity, null)

            dynamic "launch_template_specification" {
              for_each = [for given in try([override.value.launch_template_specification], []) : given if given != null]

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
    for_each = merge(
      { Name = var.name, "kubernetes.io/cluster/${var.cluster_name}" = "owned", "k8s.io/cluster/${var.cluster_name}" = "owned" },
      var.tags,
    )

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  dynamic "tag" {
    for_each = var.autoscaling_group_tags

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = false
    }
  }
}

output "image_id" { value = try(aws_launch_template.this[0].image_id, null) }
output "autoscaling_group_arn" { value = try(aws_autoscaling_group.this[0].arn, null) }
output "autoscaling_group_id" { value = try(aws_autoscaling_group.this[0].id, null) }
output "autoscaling_group_name" { value = try(aws_autoscaling_group.this[0].name, null) }
output "autoscaling_group_min_size" { value = try(aws_autoscaling_group.this[0].min_size, null) }
output "autoscaling_group_max_size" { value = try(aws_autoscaling_group.this[0].max_size, null) }
output "autoscaling_group_desired_capacity" { value = try(aws_autoscaling_group.this[0].desired_capacity, null) }
output "autoscaling_group_health_check_type" { value = try(aws_autoscaling_group.this[0].health_check_type, null) }
output "autoscaling_group_health_check_grace_period" { value = try(aws_autoscaling_group.this[0].health_check_grace_period, null) }
output "autoscaling_group_availability_zones" { value = try(aws_autoscaling_group.this[0].availability_zones, null) }
output "autoscaling_group_vpc_zone_identifier" { value = try(aws_autoscaling_group.this[0].vpc_zone_identifier, null) }
