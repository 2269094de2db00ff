# region: us-west-1
# undecided: HA103

variable "engine" {
  type = string
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = var.engine
  master_username             = "orders"
  manage_master_user_password = true
}
