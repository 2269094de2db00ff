# Which answers count: single client errors may well be answers; all of them hide a missing application.
variable "vpc_id" {
  type = string
}

resource "aws_lb_target_group" "lenient" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  health_check {
    matcher = "200-499" # expect: HA209[note] aws_lb_target_group.lenient takes every client error for the answer of a healthy target: its check accepts 200-499
  }
}

resource "aws_lb_target_group" "login" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  health_check {
    matcher = "200,401"
  }
}

resource "aws_lb_target_group" "private" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  health_check {
    matcher = "440-499"
  }
}

resource "aws_lb_target_group" "maintenance" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "TCP"

  health_check {
    protocol = "HTTP"
    matcher  = "200,500-503" # expect: HA209 aws_lb_target_group.maintenance takes server errors for the answer of a healthy target: its check accepts 200,500-503
  }
}
