# What the module declares is not to be seen: it may be a cache.
# undecided: HA411
variable "vpc_id" {
  type = string
}

module "cache" {
  source  = "example.org/acme/cache/aws"
  version = "1.0.0"
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  stickiness {
    type = "lb_cookie"
  }
}
