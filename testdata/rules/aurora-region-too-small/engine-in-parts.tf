# Whatever follows "aurora-" is Aurora.
# region: us-west-1

variable "flavour" {
  type = string
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-${var.flavour}" # expect: HA103 in us-west-1, which gives a new account only 2 Availability Zones
  master_username             = "orders"
  manage_master_user_password = true
}
