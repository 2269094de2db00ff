variable "create_traffic_source_attachment" { default = false }
variable "traffic_source_identifier" { default = "" }
variable "load_balancers" { default = [] }
variable "target_group_arns" { default = [] }

resource "aws_autoscaling_traffic_source_attachment" "this" {
  count                  = var.create && var.create_traffic_source_attachment ? 1 : 0
  autoscaling_group_name = try(aws_autoscaling_group.this[0].id, aws_autoscaling_group.idc[0].id)

  traffic_source {
    identifier = var.traffic_source_identifier
  }
}
