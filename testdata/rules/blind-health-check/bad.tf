# Three checks that find a web server healthy which answers nothing but errors.
variable "vpc_id" {
  type = string
}

resource "aws_elb" "unchecked" { # expect: HA209 aws_elb.unchecked serves HTTP, and only checks whether a port opens: no health check is given
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8080
    instance_protocol  = "http"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111111111111:certificate/1"
  }
}

resource "aws_elb" "opened" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }

  health_check {
    target              = "TCP:8080" # expect: HA209 aws_elb.opened serves HTTP, and only checks whether a port opens: TCP:8080
    healthy_threshold   = 3
    unhealthy_threshold = 2
    interval            = 10
    timeout             = 5
  }
}

resource "aws_lb_target_group" "errors" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "TCP"

  health_check {
    protocol = "HTTP"
    path     = "/"
    matcher  = "200-599" # expect: HA209 aws_lb_target_group.errors takes server errors for the answer of a healthy target: its check accepts 200-599
  }
}
