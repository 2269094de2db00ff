# Whether failed events go anywhere is decided when this is applied.
# undecided: HA606
variable "role_arn" {
  type = string
}

variable "failed_arns" {
  type = list(string)
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"

  dynamic "dead_letter_config" {
    for_each = var.failed_arns
    content {
      target_arn = dead_letter_config.value
    }
  }
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.report.arn
}
