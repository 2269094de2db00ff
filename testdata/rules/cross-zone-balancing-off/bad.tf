# A zone with one target left carries as much as a zone with five.
variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

resource "aws_lb" "web" { # expect: HA208 aws_lb.web keeps what comes in by a zone in that zone: cross-zone load balancing is off
  load_balancer_type = "network"
  subnets            = var.subnet_ids
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
  cross_zone_load_balancing = false # expect: HA208 aws_elb.mail keeps what comes in by a zone in that zone: cross-zone load balancing is off

  listener {
    lb_port           = 25
    lb_protocol       = "tcp"
    instance_port     = 25
    instance_protocol = "tcp"
  }
}
