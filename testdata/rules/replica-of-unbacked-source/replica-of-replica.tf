# The replica in the middle has no backups of its own, and the last one needs them.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  backup_retention_period     = 7
}

resource "aws_db_instance" "middle" {
  identifier              = "middle"
  instance_class          = "db.m6g.large"
  replicate_source_db     = aws_db_instance.orders.identifier
  skip_final_snapshot     = true
  backup_retention_period = 0 # expect: HA404 aws_db_instance.middle keeps no automated backups, without which aws_db_instance.last cannot replicate it
}

resource "aws_db_instance" "last" {
  identifier          = "last"
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.middle.identifier
  skip_final_snapshot = true
}
