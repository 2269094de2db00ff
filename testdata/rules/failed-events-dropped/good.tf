# One has a dead-letter queue, the other a destination for what it fails on.
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "resize" {
  function_name = "resize"
  runtime       = "python3.13"
  handler       = "images.resize"
  role          = var.role_arn
  filename      = "images.zip"

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"
}

resource "aws_lambda_function_event_invoke_config" "report" {
  function_name = aws_lambda_function.report.function_name

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_s3_bucket_notification" "images" {
  bucket = "images-0a1b2c3d"

  lambda_function {
    lambda_function_arn = aws_lambda_function.resize.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.report.arn
}
