# Each check asks for a page, or opens the port of what speaks no HTTP.
variable "vpc_id" {
  type = string
}

variable "port" {
  type = number
}

resource "aws_elb" "web" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = var.port
    instance_protocol = "http"
  }

  health_check {
    target              = "HTTP:${var.port}/health"
    healthy_threshold   = 3
    unhealthy_threshold = 2
    interval            = 10
    timeout             = 5
  }
}

resource "aws_elb" "mail" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 25
    lb_protocol       = "tcp"
    instance_port     = 25
    instance_protocol = "tcp"
  }
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  health_check {
    path    = "/health"
    matcher = "200,301-303"
  }
}

resource "aws_lb_target_group" "streams" {
  vpc_id   = var.vpc_id
  port     = 5000
  protocol = "TCP"
}
