# Whether it is sticky is for whoever deploys to say.
# undecided: HA411
variable "vpc_id" {
  type = string
}

variable "sticky" {
  type = bool
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  stickiness {
    enabled = var.sticky
    type    = "lb_cookie"
  }
}
