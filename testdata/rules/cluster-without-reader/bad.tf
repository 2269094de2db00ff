resource "aws_rds_cluster" "orders" { # expect: HA403 aws_rds_cluster.orders has one instance, aws_rds_cluster_instance.writer, and no reader
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
