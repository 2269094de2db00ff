# A subnet in each of two zones.
variable "vpc_id" {
  type = string
}

variable "role_arn" {
  type = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_subnet" "b" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.available.names[1]
}

resource "aws_security_group" "functions" {
  vpc_id = var.vpc_id
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  runtime       = "python3.13"
  handler       = "report.run"
  role          = var.role_arn
  filename      = "report.zip"

  vpc_config {
    security_group_ids = [aws_security_group.functions.id]
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
  }
}
