# The schedule names an alias; what it invokes is the function. A rule names its function itself.
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "report" { # expect: HA606 aws_lambda_function.report is invoked asynchronously
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.report.function_name
  function_version = aws_lambda_function.report.version
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.live.arn
    role_arn = var.role_arn
  }
}

resource "aws_lambda_function" "count" { # expect: HA606 aws_lambda_function.count is invoked asynchronously
  function_name = "count"
  runtime       = "python3.13"
  handler       = "count.run"
  role          = var.role_arn
  filename      = "count.zip"
}

resource "aws_cloudwatch_event_rule" "ordered" {
  name          = "ordered"
  event_pattern = jsonencode({ source = ["orders"] })
}

resource "aws_cloudwatch_event_target" "ordered" {
  rule = aws_cloudwatch_event_rule.ordered.name
  arn  = aws_lambda_function.count.arn
}
