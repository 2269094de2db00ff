variable "subnet_id" {
  type = string
}

variable "second" {
  type = bool
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "b" {
  count = var.second ? 1 : 0

  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_lb" "main" {
  subnets = concat([aws_subnet.a.id, var.subnet_id], aws_subnet.b[*].id)
}
