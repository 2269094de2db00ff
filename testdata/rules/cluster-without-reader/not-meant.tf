# A headless secondary of a global database, and a Multi-AZ DB cluster, which brings its own readers.
resource "aws_rds_cluster" "secondary" {
  cluster_identifier        = "orders-secondary"
  engine                    = "aurora-postgresql"
  global_cluster_identifier = "orders-global"
}

resource "aws_rds_cluster" "inventory" {
  cluster_identifier          = "inventory"
  engine                      = "postgres"
  db_cluster_instance_class   = "db.m5d.large"
  storage_type                = "io1"
  allocated_storage           = 100
  iops                        = 1000
  master_username             = "inventory"
  manage_master_user_password = true
}
