# One subnet or the other, and both in one zone; which of them is decided when this is deployed.
variable "vpc_id" {
  type = string
}

variable "second" {
  type = bool
}

resource "aws_subnet" "public_a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "public_b" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "network"
  subnets            = var.second ? [aws_subnet.public_b.id] : [aws_subnet.public_a.id] # expect: HA102 has nodes in one Availability Zone only
}
