variable "min_size" {
  default  = 0
  nullable = true
}
variable "max_size" { nullable = true }
variable "desired_size" { nullable = true }
variable "instance_type" { default = "" }

resource "aws_autoscaling_group" "this" {
  default_cooldown    = var.default_cooldown
  target_group_arns   = var.target_group_arns
  vpc_zone_identifier = local.has_efa ? data.aws_subnets.placement_group.ids : var.subnet_ids
}
