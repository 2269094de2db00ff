# What the alias leads to is decided when this is applied.
# undecided: HA212
variable "zone_id" {
  type = string
}

variable "target_name" {
  type = string
}

variable "target_zone_id" {
  type = string
}

resource "aws_route53_record" "shop" {
  zone_id        = var.zone_id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "blue"

  weighted_routing_policy {
    weight = 50
  }

  alias {
    name                   = var.target_name
    zone_id                = var.target_zone_id
    evaluate_target_health = false
  }
}
