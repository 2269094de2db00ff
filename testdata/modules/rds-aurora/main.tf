provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "database" {
  for_each          = { a = 1, b = 2, c = 3 }
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.${each.value}.0/24"
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}

module "orders" {
  source  = "terraform-aws-modules/rds-aurora/aws"
  version = "10.2.0"

  name                      = "orders"
  engine                    = "aurora-postgresql"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  cluster_instance_class    = "db.r6g.large"
  instances                 = { one = {}, two = { promotion_tier = 1, availability_zone = "eu-west-1b" } }
  vpc_id                    = aws_vpc.main.id
  create_db_subnet_group    = true
  subnets                   = [for subnet in aws_subnet.database : subnet.id]
  backup_retention_period   = 14
  deletion_protection       = true
  autoscaling_enabled       = true
  autoscaling_min_capacity  = 1
  autoscaling_max_capacity  = 4
  tags                      = { Environment = "production" }

  security_group_ingress_rules = { vpc = { cidr_ipv4 = aws_vpc.main.cidr_block } }
  security_group_egress_rules  = { web = { to_port = 443, referenced_security_group_id = "self" } }
}

module "serverless" {
  source  = "terraform-aws-modules/rds-aurora/aws"
  version = "~> 10.0"

  name                               = "serverless"
  engine                             = "aurora-mysql"
  cluster_instance_class             = "db.serverless"
  instances                          = { one = {} }
  serverlessv2_scaling_configuration = { min_capacity = 0.5, max_capacity = 8 }
  create_security_group              = false
  vpc_security_group_ids             = ["sg-0123"]
  db_subnet_group_name               = "databases"
  backtrack_window                   = 3600
  skip_final_snapshot                = true
}

module "reports" {
  source  = "terraform-aws-modules/rds-aurora/aws"
  version = ">= 10.0, < 11.0"

  name                            = "reports"
  instances                       = null
  engine                          = "postgres"
  cluster_instance_class          = "db.m6gd.large"
  allocated_storage               = 256
  storage_type                    = "io1"
  vpc_id                          = aws_vpc.main.id
  db_subnet_group_name            = module.orders.db_subnet_group_name
  restore_to_point_in_time        = { source_cluster_identifier = module.orders.cluster_id }
  instances_use_identifier_prefix = true
}

module "none" {
  source = "terraform-aws-modules/rds-aurora/aws"
  create = false
}
