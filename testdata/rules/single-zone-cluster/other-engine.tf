# A DB cluster of another engine is no Aurora cluster, and its instances are its own.
resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "postgres"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.r6g.large"
  availability_zone  = "eu-west-1a"
}

resource "aws_rds_cluster_instance" "reader" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.r6g.large"
  availability_zone  = "eu-west-1a"
}
