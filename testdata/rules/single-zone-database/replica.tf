# A read replica is not meant: nothing is lost with it. Its source is.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  backup_retention_period     = 7
  multi_az                    = false # expect: HA401 aws_db_instance.orders has no standby
}

resource "aws_db_instance" "orders_replica" {
  identifier          = "orders-replica"
  instance_class      = "db.r6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
}
