# How long either is, is decided when this is applied, but both are the same, or six times as long.
variable "role_arn" {
  type = string
}

variable "timeout" {
  type = number
}

resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = var.timeout # expect: HA601[note] less than 6 times as long as aws_lambda_function.handle_order
}

resource "aws_lambda_function" "handle_order" {
  function_name = "handle-order"
  runtime       = "python3.13"
  handler       = "orders.handle"
  role          = var.role_arn
  filename      = "orders.zip"
  timeout       = var.timeout
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.handle_order.arn
}
