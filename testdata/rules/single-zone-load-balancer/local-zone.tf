# A balancer in a Local Zone has no second zone to go to.
variable "vpc_id" {
  type = string
}

resource "aws_subnet" "los_angeles" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "us-west-2-lax-1a"
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = [aws_subnet.los_angeles.id] # expect: HA102[note] its only subnet is in us-west-2-lax-1a
}
