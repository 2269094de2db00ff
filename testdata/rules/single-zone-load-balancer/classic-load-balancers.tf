# A Classic Load Balancer is given subnets, or zones by their names.
variable "vpc_id" {
  type = string
}

resource "aws_subnet" "public_a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_elb" "by_subnet" {
  name    = "by-subnet"
  subnets = [aws_subnet.public_a.id] # expect: HA102 its only subnet is in eu-west-1a

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_elb" "by_zone" {
  name               = "by-zone"
  availability_zones = ["eu-west-1b"] # expect: HA102 its only zone is eu-west-1b

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
