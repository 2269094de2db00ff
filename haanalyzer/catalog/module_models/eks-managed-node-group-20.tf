locals {
  own_placement    = local.makes_placement_group
  scheduled_group  = aws_eks_node_group.this[0].resources[0].autoscaling_groups[0].name
  unscheduled_size = -1
}
