# Nothing is deleted before its protection is taken off; automated backups may outlive their instance.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true
  deletion_protection         = true
}

resource "aws_db_instance" "reports" {
  identifier                  = "reports"
  engine                      = "mysql"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "reports"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = 7
  delete_automated_backups    = false
}

resource "aws_rds_cluster" "ledger" {
  cluster_identifier          = "ledger"
  engine                      = "aurora-postgresql"
  master_username             = "ledger"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = 7
  delete_automated_backups    = false
}
