# How long the function may take is decided when this is deployed.
# undecided: HA601
variable "role_arn" {
  type = string
}

variable "timeout" {
  type = number
}

resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 120
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
