# How many run at once is decided when this is deployed.
# undecided: HA310
variable "role_arn" {
  type = string
}

variable "concurrency" {
  type = number
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"

  reserved_concurrent_executions = var.concurrency
}
