# Whoever calls by a queue or over HTTP hears of the failure.
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
