provider "aws" {
  region = "us-west-2"
}

provider "aws" {
  alias  = "california"
  region = "us-west-1"
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-postgresql"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_rds_cluster" "reports" {
  provider = aws.california

  cluster_identifier          = "reports"
  engine                      = "aurora-postgresql" # expect: HA103 in us-west-1, which gives a new account only 2 Availability Zones
  master_username             = "reports"
  manage_master_user_password = true
}
