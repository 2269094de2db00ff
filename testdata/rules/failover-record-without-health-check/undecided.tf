# Whether the target's health counts is decided when this is applied.
# undecided: HA211
variable "zone_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "evaluate" {
  type = bool
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
    type = "PRIMARY"
  }

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = var.evaluate
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
