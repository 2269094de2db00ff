# Whoever is being answered is answered: draining is on, and a target group waits five minutes unless told otherwise.
variable "vpc_id" {
  type = string
}

resource "aws_elb" "web" {
  availability_zones          = ["eu-west-1a", "eu-west-1b"]
  connection_draining         = true
  connection_draining_timeout = 60

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"
}

resource "aws_lb_target_group" "brief" {
  vpc_id               = var.vpc_id
  port                 = 81
  protocol             = "HTTP"
  deregistration_delay = 15
}
