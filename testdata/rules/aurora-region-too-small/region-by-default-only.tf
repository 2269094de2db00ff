variable "region" {
  type    = string
  default = "us-west-1"
}

provider "aws" {
  region = var.region
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-mysql" # expect: HA103 in us-west-1, which gives a new account only 2 Availability Zones
  master_username             = "orders"
  manage_master_user_password = true
}
