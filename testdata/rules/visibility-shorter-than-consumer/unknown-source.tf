# What has no starting position may be a queue, and perhaps one that is declared here; a stream has one.
# undecided: HA601
variable "role_arn" {
  type = string
}

variable "stream_arn" {
  type = string
}

variable "queue_arn" {
  type = string
}

resource "aws_lambda_function" "count" {
  function_name = "count"
  runtime       = "python3.13"
  handler       = "clicks.count"
  role          = var.role_arn
  filename      = "clicks.zip"
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn  = var.stream_arn
  function_name     = aws_lambda_function.count.arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = var.queue_arn
  function_name    = aws_lambda_function.count.arn
}
