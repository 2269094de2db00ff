# undecided: HA103

variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-mysql"
  master_username             = "orders"
  manage_master_user_password = true
}
