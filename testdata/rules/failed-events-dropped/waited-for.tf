# Whoever calls by a queue hears of the failure; e-mails and events for another bus call no function.
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "handle_order" {
  function_name = "handle-order"
  runtime       = "python3.13"
  handler       = "orders.handle"
  role          = var.role_arn
  filename      = "orders.zip"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.orders.arn
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.handle_order.arn
}

variable "address" {
  type = string
}

variable "bus" {
  type = string
}

resource "aws_sns_topic_subscription" "by_email" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "email"
  endpoint  = var.address
}

resource "aws_cloudwatch_event_rule" "elsewhere" {
  name          = "elsewhere"
  event_pattern = jsonencode({ source = ["orders"] })
}

resource "aws_cloudwatch_event_target" "elsewhere" {
  rule     = aws_cloudwatch_event_rule.elsewhere.name
  arn      = "arn:aws:events:eu-west-1:123456789012:event-bus/${var.bus}"
  role_arn = var.role_arn
}
