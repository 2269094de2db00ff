# A Classic Load Balancer that nobody told to drain, and a target group that was told not to wait.
variable "vpc_id" {
  type = string
}

resource "aws_elb" "web" { # expect: HA210 aws_elb.web drains no connections: whoever a leaving instance was answering gets an error
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
}

resource "aws_lb_target_group" "web" {
  vpc_id               = var.vpc_id
  port                 = 80
  protocol             = "HTTP"
  deregistration_delay = 0 # expect: HA210 aws_lb_target_group.web waits 0 seconds for a leaving target
}
