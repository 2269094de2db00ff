# What the check asks for, and what it takes for an answer, is for whoever deploys to say.
# undecided: HA209
# undecided: HA209
variable "vpc_id" {
  type = string
}

variable "health_target" {
  type = string
}

variable "codes" {
  type = string
}

resource "aws_elb" "web" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }

  health_check {
    target              = var.health_target
    healthy_threshold   = 3
    unhealthy_threshold = 2
    interval            = 10
    timeout             = 5
  }
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  health_check {
    matcher = var.codes
  }
}
