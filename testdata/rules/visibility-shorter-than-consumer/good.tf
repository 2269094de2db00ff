# Six times the function's timeout, and the window in which a batch is collected.
variable "role_arn" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 370
}

resource "aws_lambda_function" "handle_order" {
  function_name = "handle-order"
  runtime       = "python3.13"
  handler       = "orders.handle"
  role          = var.role_arn
  filename      = "orders.zip"
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn                   = aws_sqs_queue.orders.arn
  function_name                      = aws_lambda_function.handle_order.function_name
  batch_size                         = 100
  maximum_batching_window_in_seconds = 10
}
