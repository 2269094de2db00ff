# Every packet of the VPC goes through these appliances, in one zone.
variable "vpc_id" {
  type = string
}

resource "aws_subnet" "inspection_a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lb" "inspection" {
  name               = "inspection"
  load_balancer_type = "gateway"
  subnets            = [aws_subnet.inspection_a.id] # expect: HA102 its only subnet is in eu-west-1a
}
