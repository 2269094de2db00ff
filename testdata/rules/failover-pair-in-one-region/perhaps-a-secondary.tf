# Whether there is a secondary record is decided when this is applied.
# undecided: HA503
variable "standby" {
  type = bool
}

variable "zone_id" {
  type = string
}

variable "subnets" {
  type = map(list(string))
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "other"
  region = "eu-central-1"
}

resource "aws_lb" "blue" {
  name    = "blue"
  subnets = var.subnets["blue"]
}

resource "aws_lb" "green" {
  name     = "green"
  subnets  = var.subnets["green"]
}

resource "aws_route53_record" "primary" {
  zone_id        = var.zone_id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "blue"

  failover_routing_policy {
    type = "PRIMARY"
  }

  alias {
    name                   = aws_lb.blue.dns_name
    zone_id                = aws_lb.blue.zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "secondary" {
  count = var.standby ? 1 : 0

  zone_id        = var.zone_id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "green"

  failover_routing_policy {
    type = "SECONDARY"
  }

  alias {
    name                   = aws_lb.green.dns_name
    zone_id                = aws_lb.green.zone_id
    evaluate_target_health = true
  }
}
