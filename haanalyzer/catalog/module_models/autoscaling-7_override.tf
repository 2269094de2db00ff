variable "image_id" { default = "" }

resource "aws_autoscaling_group" "this" {
  load_balancers    = var.load_balancers
  target_group_arns = var.target_group_arns
}

resource "aws_autoscaling_group" "idc" {
  load_balancers    = var.load_balancers
  target_group_arns = var.target_group_arns
}
