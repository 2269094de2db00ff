# What is restored from a snapshot may bring its retention along.
# undecided: HA404
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  snapshot_identifier         = "orders-2026-11-01"
}

resource "aws_db_instance" "replica" {
  identifier          = "replica"
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
  skip_final_snapshot = true
}
