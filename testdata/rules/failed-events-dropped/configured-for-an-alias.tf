# Failed events of the alias go somewhere; which of both is invoked in the end is not told.
# undecided: HA606
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "report" {
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

resource "aws_lambda_function_event_invoke_config" "live" {
  function_name = aws_lambda_alias.live.arn

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}
