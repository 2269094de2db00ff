# Every answer that is no server error counts: the application may be missing. One code of them may well be an answer.
variable "vpc_id" {
  type = string
}

resource "aws_lb_target_group" "lenient" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  health_check {
    matcher = "200-499" # expect: HA209 aws_lb_target_group.lenient takes every client error for the answer of a healthy target: its check accepts 200-499
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
