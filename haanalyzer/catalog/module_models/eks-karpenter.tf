variable "create" { default = true }
variable "cluster_name" { default = "" }
variable "enable_spot_termination" { default = true }
variable "queue_name" { default = null }
variable "region" { default = null }
variable "tags" { default = {} }

locals {
  makes_queue = var.create && var.enable_spot_termination

  sources = merge(local.more_sources, {
    health_event          = "aws.health"
    spot_interrupt        = "aws.ec2"
    instance_rebalance    = "aws.ec2"
    instance_state_change = "aws.ec2"
  })
}

resource "aws_sqs_queue" "this" {
  count                     = local.makes_queue ? 1 : 0
  name                      = coalesce(var.queue_name, "Karpenter-${var.cluster_name}")
  message_retention_seconds = 300
  region                    = var.region
  tags                      = var.tags
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each      = { for event, source in local.sources : event => source if local.makes_queue }
  event_pattern = jsonencode({ source = [each.value] })
  region        = var.region
  tags          = merge({ ClusterName = var.cluster_name }, var.tags)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = { for event, source in local.sources : event => source if local.makes_queue }
  rule     = aws_cloudwatch_event_rule.this[each.key].name
  arn      = aws_sqs_queue.this[0].arn
  region   = var.region
}

output "queue_arn" { value = try(aws_sqs_queue.this[0].arn, null) }
output "queue_name" { value = try(aws_sqs_queue.this[0].name, null) }
output "queue_url" { value = try(aws_sqs_queue.this[0].url, null) }
output "event_rules" { value = aws_cloudwatch_event_rule.this }
