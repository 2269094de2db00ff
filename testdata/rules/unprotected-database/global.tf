# A global database is deleted as easily as any.
resource "aws_rds_global_cluster" "orders" { # expect: HA407 aws_rds_global_cluster.orders is not protected against deletion
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}
