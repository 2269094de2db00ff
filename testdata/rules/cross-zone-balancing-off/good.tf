# Every node sends to every target; an Application Load Balancer does so whatever is written.
variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

resource "aws_lb" "web" {
  load_balancer_type               = "network"
  subnets                          = var.subnet_ids
  enable_cross_zone_load_balancing = true
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 443
  protocol = "TCP"
}

resource "aws_elb" "mail" {
  subnets = var.subnet_ids

  listener {
    lb_port           = 25
    lb_protocol       = "tcp"
    instance_port     = 25
    instance_protocol = "tcp"
  }
}

resource "aws_lb" "application" {
  subnets = var.subnet_ids
}
