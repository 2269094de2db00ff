variable "where" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "either" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = var.where == "first" ? "eu-west-1a" : "eu-west-1b"
}

resource "aws_subnet" "perhaps" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = var.where == "first" ? "eu-west-1c" : null
}
