# The group is sent to by a name that the balancer may turn out to have.
variable "name" {
  type = string
}

resource "aws_subnet" "private" {
  for_each = toset(["a", "b"])

  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = each.key == "a" ? "10.0.0.0/24" : "10.0.1.0/24"
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_elb" "orders" {
  name    = var.name # undecided: HA102
  subnets = [for subnet in aws_subnet.private : subnet.id]

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_autoscaling_group" "orders" {
  min_size            = 2
  max_size            = 4
  load_balancers      = ["orders"]
  vpc_zone_identifier = [aws_subnet.private["a"].id]
}
