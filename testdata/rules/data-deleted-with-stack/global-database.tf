# A secondary of a global database has its primary's data; the primary, and a cluster that stands alone, have their own.
resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier        = "orders-ireland"
  engine                    = aws_rds_global_cluster.orders.engine
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  skip_final_snapshot       = true
}

resource "aws_rds_cluster" "reports" {
  cluster_identifier          = "reports"
  engine                      = "aurora-postgresql"
  master_username             = "reports"
  manage_master_user_password = true
  skip_final_snapshot         = true # expect: HA408 aws_rds_cluster.reports leaves nothing behind
}

resource "aws_rds_cluster" "primary" {
  cluster_identifier          = "orders-frankfurt"
  engine                      = aws_rds_global_cluster.orders.engine
  global_cluster_identifier   = aws_rds_global_cluster.orders.id
  master_username             = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true # expect: HA408 aws_rds_cluster.primary leaves nothing behind
}
