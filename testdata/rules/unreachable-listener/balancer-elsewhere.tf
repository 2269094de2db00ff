# The load balancer is declared elsewhere.
# undecided: HA220
variable "load_balancer_arn" {
  type = string
}

variable "target_group_arn" {
  type = string
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = var.load_balancer_arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = var.target_group_arn
  }
}
