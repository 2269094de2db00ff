provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "standby"
  region = "us-west-1"
}

resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}

resource "aws_rds_cluster" "primary" {
  cluster_identifier          = "orders-primary"
  global_cluster_identifier   = aws_rds_global_cluster.orders.id
  engine                      = aws_rds_global_cluster.orders.engine
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_rds_cluster" "secondary" {
  provider = aws.standby

  cluster_identifier        = "orders-secondary"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  engine                    = aws_rds_global_cluster.orders.engine # expect: HA103 in us-west-1, which gives a new account only 2 Availability Zones
}
