# Nothing tells that the load balancer is lost.
variable "zone_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = var.subnets
}

resource "aws_route53_record" "primary" {
  zone_id        = var.zone_id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "web"

  failover_routing_policy {
    type = "PRIMARY" # expect: HA211 aws_route53_record.primary never fails over
  }

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "secondary" {
  zone_id        = var.zone_id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "sorry"

  failover_routing_policy {
    type = "SECONDARY"
  }

  alias {
    name                   = "s3-website-eu-west-1.amazonaws.com"
    zone_id                = "Z1BKCTXD74EZPE"
    evaluate_target_health = false
  }
}
