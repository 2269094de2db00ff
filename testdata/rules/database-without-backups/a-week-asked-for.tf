# parameter: fewest_days = 7
# Replicas, members of clusters and what is restored keep backups, or none, as where they come from.
resource "aws_rds_cluster" "carts" { # expect: HA406 aws_rds_cluster.carts has a backup retention of 1 (in days; at least 7
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

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  snapshot_identifier         = "orders-2026-11-01"
}

resource "aws_db_instance" "replica" {
  identifier          = "inventory-replica"
  instance_class      = "db.m6g.large"
  replicate_source_db = "inventory"
}
