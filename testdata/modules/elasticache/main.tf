provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

module "sessions" {
  source  = "terraform-aws-modules/elasticache/aws"
  version = "~> 1.9"

  replication_group_id     = "sessions"
  num_cache_clusters       = 2
  multi_az_enabled         = true
  snapshot_retention_limit = 7
  subnet_ids               = aws_subnet.private[*].id
  vpc_id                   = aws_vpc.main.id
  tags                     = { Environment = "production" }

  security_group_rules = {
    from_vpc = { cidr_ipv4 = aws_vpc.main.cidr_block }
    peers    = { type = "egress", ip_protocol = "-1", referenced_security_group_id = "self" }
  }
}

module "shards" {
  source  = "terraform-aws-modules/elasticache/aws"
  version = "1.10.3"

  replication_group_id    = "shards"
  engine                  = "valkey"
  cluster_mode_enabled    = true
  num_node_groups         = 2
  replicas_per_node_group = 1
  create_security_group   = false
  security_group_ids      = ["sg-0123"]
  subnet_ids              = aws_subnet.private[*].id
  port                    = 6380
}

module "pages" {
  source = "terraform-aws-modules/elasticache/aws"

  cluster_id               = "pages"
  create_cluster           = true
  create_replication_group = false
  engine                   = "memcached"
  num_cache_nodes          = 2
  az_mode                  = "cross-az"
  subnet_ids               = aws_subnet.private[*].id
  vpc_id                   = aws_vpc.main.id
}

module "everywhere" {
  source  = "terraform-aws-modules/elasticache/aws"
  version = "~> 1.9"

  replication_group_id                    = "everywhere"
  create_primary_global_replication_group = true
  create_subnet_group                     = false
  subnet_group_name                       = "caches"
  vpc_id                                  = aws_vpc.main.id
}

module "bursts" {
  source  = "terraform-aws-modules/elasticache/aws//modules/serverless-cache"
  version = "~> 1.9"

  cache_name = "bursts"
  subnet_ids = aws_subnet.private[*].id
}
