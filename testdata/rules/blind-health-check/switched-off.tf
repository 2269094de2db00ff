# No check at all: only of Lambda functions nothing is lost by it.
variable "vpc_id" {
  type = string
}

resource "aws_lb_target_group" "web" {
  vpc_id      = var.vpc_id
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"

  health_check {
    enabled = false # expect: HA209 aws_lb_target_group.web does not check whether its targets are healthy
  }
}

resource "aws_lb_target_group" "functions" {
  target_type = "lambda"

  health_check {
    enabled = false
  }
}
