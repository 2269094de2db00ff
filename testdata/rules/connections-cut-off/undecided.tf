# Whether anything is drained is for whoever deploys to say.
# undecided: HA210
# undecided: HA210
variable "vpc_id" {
  type = string
}

variable "draining" {
  type = bool
}

variable "delay" {
  type = number
}

resource "aws_elb" "web" {
  availability_zones  = ["eu-west-1a", "eu-west-1b"]
  connection_draining = var.draining

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
  deregistration_delay = var.delay
}
