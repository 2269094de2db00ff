# Ten at once.
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"

  reserved_concurrent_executions = 10
}
