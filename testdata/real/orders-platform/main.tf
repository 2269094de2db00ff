terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "region" {
  type    = string
  default = "us-west-1"
}

variable "zone_count" {
  type    = number
  default = 2
}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "recovery"
  region = "us-east-2"
}

data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  name = "orders"
  azs  = slice(data.aws_availability_zones.available.names, 0, var.zone_count)
}

module "network" {
  source = "./modules/network"

  name = local.name
  cidr = "10.40.0.0/16"
  azs  = local.azs
}

resource "aws_lb" "ingress" {
  name               = "${local.name}-ingress"
  load_balancer_type = "network"
  internal           = true

  subnet_mapping {
    subnet_id = module.network.private_subnet_ids[0]
  }
}

resource "aws_db_subnet_group" "orders" {
  name       = local.name
  subnet_ids = module.network.private_subnet_ids
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier   = local.name
  engine               = "aurora-postgresql"
  db_subnet_group_name = aws_db_subnet_group.orders.name
  master_username      = "orders"

  manage_master_user_password = true
}

resource "aws_dlm_lifecycle_policy" "volumes" {
  description        = "Daily snapshots of the orders volumes"
  execution_role_arn = aws_iam_role.snapshots.arn

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = local.name }

    schedule {
      name = "daily"

      create_rule {
        interval = 24
        times    = ["03:00"]
      }

      retain_rule {
        count = 14
      }

      cross_region_copy_rule {
        target    = var.region
        encrypted = true

        retain_rule {
          interval      = 1
          interval_unit = "MONTHS"
        }
      }
    }
  }
}

resource "aws_iam_role" "snapshots" {
  name = "${local.name}-snapshots"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "dlm.amazonaws.com" }
    }]
  })
}
