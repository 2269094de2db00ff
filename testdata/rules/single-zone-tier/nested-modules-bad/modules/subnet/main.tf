variable "vpc_id" {
  type = string
}

variable "cidr" {
  type = string
}

variable "zone" {
  type = string
}

resource "aws_subnet" "this" {
  vpc_id            = var.vpc_id
  cidr_block        = var.cidr
  availability_zone = var.zone
}
