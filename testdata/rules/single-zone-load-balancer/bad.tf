# Two subnets, and one zone: the copy kept its index.
variable "vpc_id" {
  type = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_subnet" "public_1" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_subnet" "public_2" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = [aws_subnet.public_1.id, aws_subnet.public_2.id] # expect: HA102 aws_lb.web has nodes in one Availability Zone only: both of its subnets are in the first zone of the region
}
