resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  backup_retention_period     = 0 # expect: HA406 aws_db_instance.orders has a backup retention of 0 (in days; at least 1 asked for)
}
