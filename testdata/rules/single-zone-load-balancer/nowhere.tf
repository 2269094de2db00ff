# The balancer names no subnet, so there is no zone that its target could be missing in.
data "aws_availability_zones" "available" {}

resource "aws_subnet" "private" {
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_instance" "orders" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.small"
  subnet_id     = aws_subnet.private.id
}

resource "aws_elb" "orders" { # undecided: HA102
  instances = [aws_instance.orders.id]

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
