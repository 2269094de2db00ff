# Which subnets these are is decided when this is applied.
# undecided: HA115
variable "role_arn" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"

  vpc_config {
    security_group_ids = [var.security_group]
    subnet_ids         = var.subnets
  }
}
