variable "traffic_source_attachments" { default = null }

resource "aws_autoscaling_traffic_source_attachment" "this" {
  for_each               = var.create && var.traffic_source_attachments != null ? var.traffic_source_attachments : {}
  autoscaling_group_name = local.group_name
  region                 = var.region

  traffic_source {
    identifier = each.value.traffic_source_identifier
  }
}
