# A replica in the zone of its source goes with it; one in another zone stays.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  backup_retention_period     = 7
  availability_zone           = "eu-west-1a"
}

resource "aws_db_instance" "beside" {
  identifier          = "beside"
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
  skip_final_snapshot = true
  availability_zone   = "eu-west-1a" # expect: HA405[note] aws_db_instance.beside stands in eu-west-1a, as does aws_db_instance.orders
}

resource "aws_db_instance" "apart" {
  identifier          = "apart"
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
  skip_final_snapshot = true
  availability_zone   = "eu-west-1b"
}
