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
