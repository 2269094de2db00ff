# The second instance belongs to a cluster that is named when this is deployed; it may be the first, but not Serverless v1.
# undecided: HA403
variable "cluster" {
  type = string
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "aurora-postgresql"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "other" {
  cluster_identifier = var.cluster
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster" "first_generation" {
  cluster_identifier = "first-generation"
  engine             = "aurora-mysql"
  engine_mode        = "serverless"
  master_username    = "first"
  master_password    = "see-the-vault"
}
