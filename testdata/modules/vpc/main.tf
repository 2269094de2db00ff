provider "aws" {
  region = "eu-west-1"
}

data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  zones = slice(data.aws_availability_zones.available.names, 0, 3)
  web   = [{ rule_number = 100, rule_action = "allow", from_port = 443, to_port = 443, protocol = "tcp", cidr_block = "0.0.0.0/0" }]
  icmp  = [{ rule_number = 110, rule_action = "deny", icmp_type = 8, icmp_code = 0, protocol = "icmp", ipv6_cidr_block = "::/0" }]
}

module "shared_gateway" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 6.0"

  name                   = "shared"
  cidr                   = "10.0.0.0/16"
  azs                    = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  public_subnets         = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]
  private_subnets        = ["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20"]
  database_subnets       = ["10.0.3.0/24", "10.0.4.0/24", "10.0.5.0/24"]
  elasticache_subnets    = ["10.0.6.0/24", "10.0.7.0/24"]
  enable_nat_gateway     = true
  single_nat_gateway     = true
  one_nat_gateway_per_az = false
  public_subnet_tags     = { "kubernetes.io/role/elb" = 1 }
  tags                   = { Environment = "production" }
}

module "gateway_per_zone" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"

  name                                = "per-zone"
  cidr                                = "10.1.0.0/16"
  azs                                 = local.zones
  public_subnets                      = [for index, _ in local.zones : cidrsubnet("10.1.0.0/16", 8, index)]
  private_subnets                     = [for index, _ in local.zones : cidrsubnet("10.1.0.0/16", 8, index + 10)]
  database_subnets                    = [for index, _ in local.zones : cidrsubnet("10.1.0.0/16", 8, index + 20)]
  redshift_subnets                    = ["10.1.30.0/24", "10.1.31.0/24"]
  intra_subnets                       = ["10.1.40.0/24", "10.1.41.0/24", "10.1.42.0/24"]
  enable_nat_gateway                  = true
  one_nat_gateway_per_az              = true
  create_database_subnet_route_table  = true
  create_database_nat_gateway_route   = true
  create_multiple_public_route_tables = true
  create_multiple_intra_route_tables  = true
  enable_public_redshift              = true
  secondary_cidr_blocks               = ["100.64.0.0/16"]
  database_dedicated_network_acl      = true

  database_inbound_acl_rules = [
    { rule_number = 100, rule_action = "allow", from_port = 5432, to_port = 5432, protocol = "tcp", cidr_block = "10.1.0.0/16" },
  ]
}

module "dual_stack" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v6.4.1"

  name                                   = "dual"
  region                                 = "eu-central-1"
  azs                                    = ["euc1-az1", "euc1-az2"]
  public_subnets                         = ["10.0.0.0/24", "10.0.1.0/24"]
  private_subnets                        = ["10.0.2.0/24", "10.0.3.0/24"]
  database_subnets                       = ["10.0.4.0/24", "10.0.5.0/24"]
  public_subnet_ipv6_prefixes            = [0, 1]
  private_subnet_ipv6_prefixes           = [2, 3]
  enable_ipv6                            = true
  enable_nat_gateway                     = true
  create_database_subnet_route_table     = true
  create_database_internet_gateway_route = true
  manage_default_security_group          = false

  default_network_acl_ingress = [
    { rule_no = 100, action = "deny", from_port = 22, to_port = 22, protocol = "tcp", cidr_block = "0.0.0.0/0" },
  ]
}

module "dedicated_acls" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 6.1"

  name                                  = "acls"
  region                                = "us-east-1"
  cidr                                  = "10.2.0.0/16"
  azs                                   = ["us-east-1a", "us-east-1b"]
  public_subnets                        = ["10.2.0.0/24", "10.2.1.0/24"]
  private_subnets                       = ["10.2.2.0/24", "10.2.3.0/24"]
  database_subnets                      = ["10.2.4.0/24", "10.2.5.0/24"]
  redshift_subnets                      = ["10.2.6.0/24", "10.2.7.0/24"]
  elasticache_subnets                   = ["10.2.8.0/24", "10.2.9.0/24"]
  intra_subnets                         = ["10.2.10.0/24", "10.2.11.0/24"]
  outpost_subnets                       = ["10.2.12.0/24"]
  outpost_az                            = "us-east-1a"
  outpost_arn                           = "arn:aws:outposts:us-east-1:111122223333:outpost/op-0a1b2c3d4e5f60718"
  enable_nat_gateway                    = true
  create_redshift_subnet_route_table    = true
  create_elasticache_subnet_route_table = true
  public_dedicated_network_acl          = true
  private_dedicated_network_acl         = true
  database_dedicated_network_acl        = true
  redshift_dedicated_network_acl        = true
  elasticache_dedicated_network_acl     = true
  intra_dedicated_network_acl           = true
  outpost_dedicated_network_acl         = true
  public_inbound_acl_rules              = concat(local.web, local.icmp)
  public_outbound_acl_rules             = local.icmp
  private_inbound_acl_rules             = local.icmp
  private_outbound_acl_rules            = local.web
  default_security_group_ingress        = [{ self = true }, { cidr_blocks = "10.2.0.0/16,10.3.0.0/16", protocol = "tcp", from_port = 80, to_port = 80 }]
  default_security_group_egress         = [{ ipv6_cidr_blocks = "::/0" }]
  default_route_table_routes            = [{ cidr_block = "10.9.0.0/16", transit_gateway_id = "tgw-0123456789abcdef0" }]
  manage_default_vpc                    = true
  enable_vpn_gateway                    = true
  enable_flow_log                       = true
  flow_log_destination_type             = "s3"
  flow_log_destination_arn              = "arn:aws:s3:::project-flow-logs"
}

module "none" {
  source = "terraform-aws-modules/vpc/aws"

  create_vpc     = false
  public_subnets = ["10.0.0.0/24"]
}

module "endpoints" {
  source  = "terraform-aws-modules/vpc/aws//modules/vpc-endpoints"
  version = "~> 6.0"

  vpc_id                = module.gateway_per_zone.vpc_id
  create_security_group = true

  security_group_rules = {
    https = { cidr_blocks = [module.gateway_per_zone.vpc_cidr_block] }
  }

  endpoints = {
    s3 = {
      service         = "s3"
      service_type    = "Gateway"
      route_table_ids = flatten([module.gateway_per_zone.private_route_table_ids, module.gateway_per_zone.intra_route_table_ids])
    }
    ecr = {
      service    = "ecr.api"
      subnet_ids = module.gateway_per_zone.private_subnets
    }
    sqs = {
      create  = false
      service = "sqs"
    }
  }
}

module "flow_log" {
  source  = "terraform-aws-modules/vpc/aws//modules/flow-log"
  version = "~> 6.5"

  name   = "flows"
  vpc_id = module.dual_stack.vpc_id
}

resource "aws_security_group" "cache" {
  vpc_id = module.shared_gateway.vpc_id

  ingress {
    from_port   = 6379
    to_port     = 6379
    protocol    = "tcp"
    cidr_blocks = module.shared_gateway.private_subnets_cidr_blocks
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  subnet_group_name    = module.shared_gateway.elasticache_subnet_group_name
  security_group_ids   = [aws_security_group.cache.id]
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  multi_az             = true
  db_subnet_group_name = module.gateway_per_zone.database_subnet_group
}

resource "aws_lb" "front" {
  subnets = module.gateway_per_zone.public_subnets
}

resource "aws_route" "office" {
  count                  = length(module.shared_gateway.private_route_table_ids)
  route_table_id         = module.shared_gateway.private_route_table_ids[count.index]
  destination_cidr_block = "192.168.0.0/16"
  transit_gateway_id     = "tgw-0123456789abcdef0"
}
