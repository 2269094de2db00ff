# The queue hides messages for the 30 seconds that are the default; the function may take a minute.
variable "role_arn" {
  type = string
}

resource "aws_sqs_queue" "orders" { # expect: HA601 aws_sqs_queue.orders hides a message for 30 seconds, less than aws_lambda_function.handle_order, which may take 60
  name = "orders"
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
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.handle_order.arn
}
