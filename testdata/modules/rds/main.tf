provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

variable "subnets" {
  type = list(string)
}

resource "aws_security_group" "database" {
  vpc_id = "vpc-0123"
}

module "orders" {
  source  = "terraform-aws-modules/rds/aws"
  version = "~> 6.0"

  identifier              = "orders"
  engine                  = "mysql"
  family                  = "mysql8.0"
  major_engine_version    = "8.0"
  instance_class          = "db.m6g.large"
  allocated_storage       = 50
  max_allocated_storage   = 200
  multi_az                = true
  create_db_subnet_group  = true
  subnet_ids              = var.subnets
  vpc_security_group_ids  = [aws_security_group.database.id]
  backup_retention_period = 7
  deletion_protection     = true
  tags                    = { Environment = "production" }
}

module "reports" {
  source  = "terraform-aws-modules/rds/aws"
  version = "7.2.0"

  identifier                     = "reports"
  instance_use_identifier_prefix = true
  engine                         = "mysql"
  instance_class                 = "db.m6g.large"
  replicate_source_db            = module.orders.db_instance_identifier
  skip_final_snapshot            = true
}

module "archive" {
  source = "terraform-aws-modules/rds/aws"

  identifier               = "archive"
  engine                   = "postgres"
  instance_class           = "db.t4g.small"
  allocated_storage        = 20
  create_db_subnet_group   = true
  db_subnet_group_name     = "archive"
  subnet_ids               = var.subnets
  blue_green_update        = { enabled = true }
  restore_to_point_in_time = { source_db_instance_identifier = "orders", use_latest_restorable_time = true }
}

module "orders_in_frankfurt" {
  source    = "terraform-aws-modules/rds/aws//modules/db_instance_automated_backups_replication"
  version   = "~> 6.0"
  providers = { aws = aws.frankfurt }

  source_db_instance_arn = module.orders.db_instance_arn
}

module "none" {
  source  = "terraform-aws-modules/rds/aws"
  version = "~> 6.0"

  identifier         = "none"
  create_db_instance = false
}

resource "aws_cloudwatch_metric_alarm" "storage" {
  alarm_name          = "orders-storage"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 3
  period              = 300
  statistic           = "Minimum"
  threshold           = 5000000000
  dimensions          = { DBInstanceIdentifier = module.orders.db_instance_identifier }
}
