# region: us-west-1

resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = var.engine
}

resource "aws_rds_cluster" "secondary" {
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  engine                    = var.engine # expect: HA103 in us-west-1, which gives a new account only 2 Availability Zones
}

variable "engine" {
  type = string
}
