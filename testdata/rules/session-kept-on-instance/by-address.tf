# A Network Load Balancer goes by the address of the client: it knows no sessions. Neither does one that is not sticky.
variable "vpc_id" {
  type = string
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "TCP"

  stickiness {
    type = "source_ip"
  }
}

resource "aws_lb_target_group" "anyone" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  stickiness {
    enabled = false
    type    = "lb_cookie"
  }
}
