variable "create" { default = true }
variable "region" { default = null }
variable "name" { default = "" }
variable "log_destination_type" { default = "cloud-watch-logs" }
variable "log_destination" { default = null }
variable "create_cloudwatch_log_group" { default = true }
variable "tags" {
  type    = map(string)
  default = {}
}
variable "flow_log_tags" { default = {} }

resource "aws_flow_log" "this" {
  count                = var.create ? 1 : 0
  region               = var.region
  log_destination_type = var.log_destination_type
  log_destination      = try(aws_cloudwatch_log_group.this[0].arn, var.log_destination)
  tags                 = merge(var.tags, var.name == "" ? {} : { Name = var.name }, var.flow_log_tags)
}

resource "aws_cloudwatch_log_group" "this" {
  count  = var.create && var.create_cloudwatch_log_group && var.log_destination_type == "cloud-watch-logs" ? 1 : 0
  region = var.region
}

output "id" { value = try(aws_flow_log.this[0].id, null) }
output "arn" { value = try(aws_flow_log.this[0].arn, null) }
output "cloudwatch_log_group_arn" { value = try(aws_cloudwatch_log_group.this[0].arn, null) }
