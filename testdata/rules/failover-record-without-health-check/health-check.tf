# A health check of its own.
variable "zone_id" {
  type = string
}

resource "aws_route53_health_check" "web" {
  fqdn              = "web.example.com"
  type              = "HTTPS"
  port              = 443
  resource_path     = "/health"
  request_interval  = 30
  failure_threshold = 3
}

resource "aws_route53_record" "shop" {
  zone_id         = var.zone_id
  name            = "shop.example.com"
  type            = "A"
  ttl             = 60
  records         = ["192.0.2.10"]
  set_identifier  = "web"
  health_check_id = aws_route53_health_check.web.id

  failover_routing_policy {
    type = "PRIMARY"
  }
}

resource "aws_route53_record" "api" {
  zone_id        = var.zone_id
  name           = "api.example.com"
  type           = "A"
  ttl            = 60
  records        = ["192.0.2.10"]
  set_identifier = "web"

  failover_routing_policy {
    type = "PRIMARY" # expect: HA211 aws_route53_record.api never fails over
  }
}
