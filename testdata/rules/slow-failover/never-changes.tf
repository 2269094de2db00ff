# A record without a routing policy does not change by itself.
variable "zone_id" {
  type = string
}

resource "aws_route53_record" "mail" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "MX"
  ttl     = 3600
  records = ["10 mail.example.com"]
}

variable "share" {
  type = number
}

resource "aws_route53_record" "moved_by_hand" {
  zone_id = var.zone_id
  name    = "old.example.com"
  type    = "A"
  ttl     = 3600
  records = ["192.0.2.10"]

  dynamic "weighted_routing_policy" {
    for_each = []
    content {
      weight = var.share
    }
  }
}
