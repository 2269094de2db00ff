# How large its share is does not matter: the other record's users wait for as long.
variable "zone_id" {
  type = string
}

variable "share" {
  type = number
}

resource "aws_route53_record" "shop" {
  zone_id        = var.zone_id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "blue"
  ttl            = 300 # expect: HA213 aws_route53_record.shop may be kept for 300 seconds
  records        = ["192.0.2.10"]

  weighted_routing_policy {
    weight = var.share
  }
}
