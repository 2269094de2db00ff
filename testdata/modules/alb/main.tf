provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_instance" "web" {
  count         = 2
  ami           = "ami-0123"
  instance_type = "m6g.large"
  subnet_id     = aws_subnet.public[count.index].id
}

module "web" {
  source  = "terraform-aws-modules/alb/aws"
  version = "~> 10.0"

  name    = "web"
  vpc_id  = aws_vpc.main.id
  subnets = aws_subnet.public[*].id
  tags    = { Environment = "production" }

  access_logs = { bucket = "acme-logs" }

  security_group_ingress_rules = {
    http  = { from_port = 80, cidr_ipv4 = "0.0.0.0/0" }
    https = { from_port = 443, to_port = 443, ip_protocol = "tcp", cidr_ipv4 = "0.0.0.0/0" }
  }
  security_group_egress_rules = { all = { ip_protocol = "-1", cidr_ipv4 = aws_vpc.main.cidr_block } }

  listeners = {
    http = { redirect = { port = "443", protocol = "HTTPS", status_code = "HTTP_301" } }
    https = {
      port            = 443
      protocol        = "HTTPS"
      certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/x"
      forward         = { target_group_key = "web" }
      rules = {
        static = {
          priority   = 10
          conditions = [{ path_pattern = { values = ["/static/*"] } }]
          actions    = [{ weighted_forward = { target_groups = [{ target_group_key = "web", weight = 1 }, { target_group_arn = "arn:other", weight = 1 }] } }]
        }
        closed = {
          conditions = [{ host_header = { values = ["old.example.com"] } }]
          actions    = [{ fixed_response = { content_type = "text/plain", status_code = "410" } }]
        }
      }
    }
  }

  target_groups = {
    web = {
      port                 = 8080
      target_type          = "instance"
      target_id            = aws_instance.web[0].id
      deregistration_delay = 30
      health_check         = { path = "/health", port = "8081" }
      stickiness           = { type = "lb_cookie" }
    }
  }

  additional_target_group_attachments = {
    second = { target_group_key = "web", target_type = "instance", target_id = aws_instance.web[1].id, port = 8080 }
  }

  route53_records = { www = { name = "www", type = "A", zone_id = "Z0123" } }
}

module "queries" {
  source  = "terraform-aws-modules/alb/aws"
  version = "10.5.0"

  name                             = "queries"
  load_balancer_type               = "network"
  internal                         = true
  enable_cross_zone_load_balancing = false
  create_security_group            = false
  subnet_mapping                   = [for subnet in aws_subnet.public : { subnet_id = subnet.id }]
  listeners                        = { tcp = { port = 5432, protocol = "TCP", forward = { target_group_key = "db" } } }
  target_groups = {
    db = { port = 5432, protocol = "TCP", target_type = "ip", vpc_id = aws_vpc.main.id, create_attachment = false, preserve_client_ip = true }
  }
}

module "none" {
  source = "terraform-aws-modules/alb/aws"
  create = false
}
