variable "target_group_arns" { default = [] }
variable "default_cooldown" { default = null }

locals {
  instance_type    = var.instance_type
  overrides        = try(var.mixed_instances_policy.override, [])
  own_placement    = local.has_efa
  scheduled_group  = aws_autoscaling_group.this[0].name
  unscheduled_size = null
}

data "aws_subnets" "placement_group" {}
