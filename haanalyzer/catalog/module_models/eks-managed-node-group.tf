variable "use_custom_launch_template" {
  default  = true
  nullable = false
}
variable "capacity_type" {
  default  = "ON_DEMAND"
  nullable = false
}
variable "instance_types" { default = null }
variable "labels" { default = null }
variable "taints" { default = null }

locals {
  makes_template = var.create && var.create_launch_template && var.use_custom_launch_template
  template_name  = coalesce(var.launch_template_name, "${var.name}-eks-node-group")
  template_tags  = merge(var.tags, var.launch_template_tags)
  image_id       = var.ami_id
  instance_type  = var.capacity_type == "CAPACITY_BLOCK" ? element(var.instance_types, 0) : null
  has_efa        = var.create && var.enable_efa_support
  efa_type       = try(element(var.instance_types, 0), "")
}

resource "aws_eks_node_group" "this" {
  count  = var.create ? 1 : 0
  labels = var.labels
  region = var.region

  dynamic "taint" {
    for_each = var.taints == null ? {} : var.taints

    content {
      key    = taint.value.key
      value  = try(taint.value.value, null)
      effect = taint.value.effect
    }
  }
}

output "node_group_arn" { value = try(aws_eks_node_group.this[0].arn, null) }
output "node_group_id" { value = try(aws_eks_node_group.this[0].id, null) }
output "node_group_resources" { value = try(aws_eks_node_group.this[0].resources, null) }
output "node_group_labels" { value = try(aws_eks_node_group.this[0].labels, {}) }
output "node_group_taints" { value = try(aws_eks_node_group.this[0].taint, []) }
output "node_group_status" { value = try(aws_eks_node_group.this[0].status, null) }
output "node_group_autoscaling_group_names" {
  value = try(flatten(aws_eks_node_group.this[0].resources[*].autoscaling_groups[*].name), [])
}
