# Logs and devices hand a function events, too, and do not wait.
variable "role_arn" {}

resource "aws_lambda_function" "search" { # expect: HA606 aws_lambda_function.search is invoked asynchronously
  function_name = "search"
  runtime       = "python3.13"
  handler       = "search.run"
  role          = var.role_arn
  filename      = "search.zip"
}

resource "aws_lambda_function" "measure" { # expect: HA606 aws_lambda_function.measure is invoked asynchronously
  function_name = "measure"
  runtime       = "python3.13"
  handler       = "measure.run"
  role          = var.role_arn
  filename      = "measure.zip"
}

resource "aws_cloudwatch_log_subscription_filter" "errors" {
  name            = "errors"
  log_group_name  = "shop"
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_function.search.arn
}

resource "aws_iot_topic_rule" "measured" {
  name        = "measured"
  enabled     = true
  sql         = "SELECT * FROM 'measured'"
  sql_version = "2016-03-23"

  lambda {
    function_arn = aws_lambda_function.measure.arn
  }
}
