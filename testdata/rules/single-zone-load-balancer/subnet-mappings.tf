# A Network Load Balancer names its subnets one by one; both stand in one zone.
variable "vpc_id" {
  type = string
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

resource "aws_lb" "ingress" {
  name               = "ingress"
  load_balancer_type = "network"

  subnet_mapping { # expect: HA102 aws_lb.ingress has nodes in one Availability Zone only: both of its subnets are in eu-west-1a
    subnet_id = aws_subnet.public_a.id
  }

  subnet_mapping {
    subnet_id = aws_subnet.public_b.id
  }
}
