# Outside a VPC Lambda takes several zones by itself.
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"
}

resource "aws_lambda_function" "count" {
  function_name = "count"
  runtime       = "python3.13"
  handler       = "count.run"
  role          = var.role_arn
  filename      = "count.zip"

  vpc_config {
    security_group_ids = []
    subnet_ids         = []
  }
}
