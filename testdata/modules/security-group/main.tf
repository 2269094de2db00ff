provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

module "balancer" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"

  name                     = "balancer"
  vpc_id                   = aws_vpc.main.id
  ingress_cidr_blocks      = ["0.0.0.0/0"]
  ingress_ipv6_cidr_blocks = ["::/0"]
  ingress_rules            = ["http-80-tcp", "https-443-tcp"]
  egress_rules             = ["all-all"]
  tags                     = { Environment = "production" }
}

module "service" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "5.3.1"

  name            = "service"
  use_name_prefix = false
  vpc_id          = aws_vpc.main.id

  computed_ingress_with_source_security_group_id = [
    { from_port = 8080, to_port = 8080, protocol = "tcp", source_security_group_id = module.balancer.security_group_id },
  ]
  number_of_computed_ingress_with_source_security_group_id = 1

  ingress_with_self = [{ rule = "all-all" }]

  egress_with_cidr_blocks = [
    { rule = "postgresql-tcp", cidr_blocks = aws_vpc.main.cidr_block },
    { rule = "https-443-tcp" },
  ]

  egress_with_prefix_list_ids = [
    { rule = "https-443-tcp", prefix_list_ids = "pl-6da54004" },
  ]
}

module "database" {
  source  = "terraform-aws-modules/security-group/aws//modules/postgresql"
  version = "~> 5.1"

  name                = "database"
  vpc_id              = aws_vpc.main.id
  ingress_cidr_blocks = [aws_vpc.main.cidr_block]

  ingress_with_source_security_group_id = [
    { rule = "postgresql-tcp", source_security_group_id = module.service.security_group_id },
  ]
}

module "pool" {
  source = "terraform-aws-modules/security-group/aws//modules/consul"

  name               = "pool"
  vpc_id             = aws_vpc.main.id
  auto_ingress_rules = ["consul-tcp"]
  ingress_with_ipv6_cidr_blocks = [
    { from_port = 8300, to_port = 8302, protocol = "6", ipv6_cidr_blocks = "2001:db8::/32,2001:db8:1::/48" },
  ]
}

module "rules_only" {
  source  = "terraform-aws-modules/security-group/aws"
  version = ">= 5.2"

  create_sg         = false
  security_group_id = module.service.security_group_id
  rules             = { own-tcp = [7000, 7010, "tcp", "own"] }
  ingress_rules     = ["own-tcp"]

  ingress_with_cidr_blocks = [
    { from_port = 9000, to_port = 9000, protocol = "tcp", cidr_blocks = "10.0.0.0/24,10.0.1.0/24" },
  ]
}

module "every_kind_of_rule" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.3"

  name                                                     = "every"
  vpc_id                                                   = aws_vpc.main.id
  ingress_rules                                            = ["ssh-tcp"]
  computed_ingress_rules                                   = ["ntp-udp"]
  number_of_computed_ingress_rules                         = 1
  ingress_with_self                                        = [{ rule = "http-8080-tcp" }]
  computed_ingress_with_self                               = [{ from_port = 5000, to_port = 5001, protocol = "udp" }]
  number_of_computed_ingress_with_self                     = 1
  ingress_with_cidr_blocks                                 = [{ rule = "http-8080-tcp", cidr_blocks = "10.0.0.0/8,10.1.0.0/16" }]
  computed_ingress_with_cidr_blocks                        = [{ from_port = 5000, to_port = 5001, protocol = "udp", cidr_blocks = "10.0.0.0/8,10.1.0.0/16" }]
  number_of_computed_ingress_with_cidr_blocks              = 1
  ingress_with_ipv6_cidr_blocks                            = [{ rule = "http-8080-tcp", ipv6_cidr_blocks = "2001:db8::/32" }]
  computed_ingress_with_ipv6_cidr_blocks                   = [{ from_port = 5000, to_port = 5001, protocol = "udp", ipv6_cidr_blocks = "2001:db8::/32" }]
  number_of_computed_ingress_with_ipv6_cidr_blocks         = 1
  ingress_with_source_security_group_id                    = [{ rule = "http-8080-tcp", source_security_group_id = module.balancer.security_group_id }]
  computed_ingress_with_source_security_group_id           = [{ from_port = 5000, to_port = 5001, protocol = "udp", source_security_group_id = module.balancer.security_group_id }]
  number_of_computed_ingress_with_source_security_group_id = 1
  ingress_with_prefix_list_ids                             = [{ rule = "http-8080-tcp", source_security_group_id = module.balancer.security_group_id, prefix_list_ids = "pl-6da54004" }]
  computed_ingress_with_prefix_list_ids                    = [{ from_port = 5000, to_port = 5001, protocol = "udp", source_security_group_id = module.balancer.security_group_id, prefix_list_ids = "pl-6da54004" }]
  number_of_computed_ingress_with_prefix_list_ids          = 1
  ingress_cidr_blocks                                      = ["10.0.0.0/8"]
  ingress_ipv6_cidr_blocks                                 = ["2001:db8::/48"]
  ingress_prefix_list_ids                                  = ["pl-63a5400a"]
  egress_rules                                             = ["ssh-tcp"]
  computed_egress_rules                                    = ["ntp-udp"]
  number_of_computed_egress_rules                          = 1
  egress_with_self                                         = [{ rule = "http-8080-tcp" }]
  computed_egress_with_self                                = [{ from_port = 5000, to_port = 5001, protocol = "udp" }]
  number_of_computed_egress_with_self                      = 1
  egress_with_cidr_blocks                                  = [{ rule = "http-8080-tcp", cidr_blocks = "10.0.0.0/8,10.1.0.0/16" }]
  computed_egress_with_cidr_blocks                         = [{ from_port = 5000, to_port = 5001, protocol = "udp", cidr_blocks = "10.0.0.0/8,10.1.0.0/16" }]
  number_of_computed_egress_with_cidr_blocks               = 1
  egress_with_ipv6_cidr_blocks                             = [{ rule = "http-8080-tcp", ipv6_cidr_blocks = "2001:db8::/32" }]
  computed_egress_with_ipv6_cidr_blocks                    = [{ from_port = 5000, to_port = 5001, protocol = "udp", ipv6_cidr_blocks = "2001:db8::/32" }]
  number_of_computed_egress_with_ipv6_cidr_blocks          = 1
  egress_with_source_security_group_id                     = [{ rule = "http-8080-tcp", source_security_group_id = module.balancer.security_group_id }]
  computed_egress_with_source_security_group_id            = [{ from_port = 5000, to_port = 5001, protocol = "udp", source_security_group_id = module.balancer.security_group_id }]
  number_of_computed_egress_with_source_security_group_id  = 1
  egress_with_prefix_list_ids                              = [{ rule = "http-8080-tcp", source_security_group_id = module.balancer.security_group_id, prefix_list_ids = "pl-6da54004" }]
  computed_egress_with_prefix_list_ids                     = [{ from_port = 5000, to_port = 5001, protocol = "udp", source_security_group_id = module.balancer.security_group_id, prefix_list_ids = "pl-6da54004" }]
  number_of_computed_egress_with_prefix_list_ids           = 1
  egress_cidr_blocks                                       = ["10.0.0.0/8"]
  egress_ipv6_cidr_blocks                                  = ["2001:db8::/48"]
  egress_prefix_list_ids                                   = ["pl-63a5400a"]
}

module "none" {
  source = "terraform-aws-modules/security-group/aws"

  create        = false
  ingress_rules = ["ssh-tcp"]
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  engine                 = "postgres"
  instance_class         = "db.m7g.large"
  vpc_security_group_ids = [module.database.security_group_id]
}
