# Balancer and group are known by names that somebody chose, and that somebody else repeats.
provider "aws" {
  region = "eu-west-1"
}

variable "prefix" {
  type = string
}

resource "aws_subnet" "private" {
  for_each = toset(["a", "b"])

  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = each.key == "a" ? "10.0.0.0/24" : "10.0.1.0/24"
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_elb" "orders" {
  name    = "orders"
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
  load_balancers      = [aws_elb.orders.name]
  vpc_zone_identifier = [aws_subnet.private["a"].id] # expect: HA102 aws_elb.orders has a node in eu-west-1b, but its targets are in eu-west-1a
}

resource "aws_lb" "shop" {
  subnets = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_lb_target_group" "shop" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a1b2c3d"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_autoscaling_group" "shop" {
  name                = "${var.prefix}-shop"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.private["b"].id] # expect: HA102 aws_lb.shop has a node in eu-west-1a, but the targets of aws_lb_target_group.shop are in eu-west-1b
}

resource "aws_autoscaling_attachment" "shop" {
  autoscaling_group_name = aws_autoscaling_group.shop.name
  lb_target_group_arn    = aws_lb_target_group.shop.arn
}
