# A stream is no queue, nor is a database, and of a queue elsewhere nothing can be told.
variable "role_arn" {
  type = string
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
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
  event_source_arn  = aws_kinesis_stream.clicks.arn
  function_name     = aws_lambda_function.count.arn
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  function_name    = aws_lambda_function.count.arn
}

data "aws_caller_identity" "current" {}

resource "aws_lambda_event_source_mapping" "documents" {
  event_source_arn = "arn:aws:rds:eu-west-1:${data.aws_caller_identity.current.account_id}:cluster:documents"
  function_name    = aws_lambda_function.count.arn
}
