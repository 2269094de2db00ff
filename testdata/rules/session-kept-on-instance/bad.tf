# Whoever is logged in is logged in to one instance.
variable "vpc_id" {
  type = string
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  stickiness { # expect: HA411 aws_lb_target_group.web ties each client to one target, and no store that could share their sessions is declared here
    type = "lb_cookie"
  }
}
