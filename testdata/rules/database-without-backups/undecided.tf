# How long backups are kept is decided when this is deployed.
# undecided: HA406
variable "backup_days" {
  type = number
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  backup_retention_period     = var.backup_days
}
