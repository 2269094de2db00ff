# A Classic Load Balancer whose listener uses a policy.
resource "aws_elb" "web" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
}

resource "aws_lb_cookie_stickiness_policy" "day" { # expect: HA411 aws_lb_cookie_stickiness_policy.day ties each client to one target
  name                     = "day"
  load_balancer            = aws_elb.web.id
  lb_port                  = 80
  cookie_expiration_period = 86400
}
