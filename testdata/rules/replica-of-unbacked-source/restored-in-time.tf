# An instance that is restored to a point in time names its source, and does not replicate it.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  backup_retention_period     = 0
}

resource "aws_db_instance" "restored" {
  identifier     = "restored"
  instance_class = "db.m6g.large"

  restore_to_point_in_time {
    source_db_instance_identifier = aws_db_instance.orders.identifier
    use_latest_restorable_time    = true
  }
}
