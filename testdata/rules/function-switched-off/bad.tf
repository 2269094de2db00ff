# Somebody stopped it, and nobody started it again.
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"

  reserved_concurrent_executions = 0 # expect: HA310 aws_lambda_function.report never runs: its reserved concurrency is 0
}
