variable "create_schedule" { default = true }
variable "schedules" { default = {} }

locals {
  template_groups = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids))

  placements = [
    for given in [local.own_placement ? { group_name = aws_placement_group.this[0].name } : var.placement] :
    { availability_zone = try(given.availability_zone, null), group_name = try(given.group_name, null) }
    if try(length(given) > 0, false)
  ]
}

resource "aws_autoscaling_schedule" "this" {
  for_each               = { for name, schedule in var.schedules : name => schedule if var.create && var.create_schedule }
  autoscaling_group_name = local.scheduled_group
  min_size               = try(each.value.min_size, local.unscheduled_size)
  max_size               = try(each.value.max_size, local.unscheduled_size)
  desired_capacity       = try(each.value.desired_size, local.unscheduled_size)
  recurrence             = try(each.value.recurrence, null)
}
