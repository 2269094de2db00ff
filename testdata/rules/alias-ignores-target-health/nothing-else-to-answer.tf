# One record is alone, one has a health check of its own, one is no alias, and a distribution's health cannot be evaluated.
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

resource "aws_route53_health_check" "web" {
  fqdn             = "web.example.com"
  type             = "HTTPS"
  port             = 443
  request_interval = 30
}

resource "aws_route53_record" "alone" {
  zone_id = var.zone_id
  name    = "shop.example.com"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "checked" {
  zone_id         = var.zone_id
  name            = "api.example.com"
  type            = "A"
  set_identifier  = "blue"
  health_check_id = aws_route53_health_check.web.id

  weighted_routing_policy {
    weight = 50
  }

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = false
  }
}

resource "aws_instance" "server" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}

resource "aws_route53_record" "no_alias" {
  zone_id        = var.zone_id
  name           = "old.example.com"
  type           = "A"
  set_identifier = "blue"
  ttl            = 60
  records        = [aws_instance.server.public_ip]

  weighted_routing_policy {
    weight = 50
  }
}

resource "aws_route53_record" "distributed" {
  zone_id        = var.zone_id
  name           = "www.example.com"
  type           = "A"
  set_identifier = "blue"

  weighted_routing_policy {
    weight = 50
  }

  alias {
    name                   = "d111111abcdef8.cloudfront.net"
    zone_id                = "Z2FDTNDATAQYW2"
    evaluate_target_health = false
  }
}
