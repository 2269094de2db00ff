# Five minutes after the failover, users are still sent to what is lost.
variable "zone_id" {
  type = string
}

resource "aws_route53_health_check" "web" {
  fqdn             = "web.example.com"
  type             = "HTTPS"
  port             = 443
  request_interval = 30
}

resource "aws_route53_record" "shop" {
  zone_id         = var.zone_id
  name            = "shop.example.com"
  type            = "A"
  set_identifier  = "web"
  health_check_id = aws_route53_health_check.web.id
  ttl             = 300 # expect: HA213 aws_route53_record.shop may be kept for 300 seconds (at most 60 asked for)
  records         = ["192.0.2.10"]

  failover_routing_policy {
    type = "PRIMARY"
  }
}
