resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  max_allocated_storage       = 1000
}

resource "aws_rds_cluster" "carts" {
  cluster_identifier          = "carts"
  engine                      = "aurora-postgresql"
  master_username             = "carts"
  manage_master_user_password = true
}

resource "aws_rds_cluster_instance" "carts" {
  count = 2

  cluster_identifier = aws_rds_cluster.carts.id
  engine             = aws_rds_cluster.carts.engine
  instance_class     = "db.r6g.large"
}

resource "aws_db_instance" "replica" {
  identifier          = "orders-replica"
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
  skip_final_snapshot = true
}
