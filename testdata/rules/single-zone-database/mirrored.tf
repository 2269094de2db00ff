# A SQL Server instance may ask for mirroring in its option group.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  multi_az                    = true
}

resource "aws_db_instance" "ledger" {
  identifier                  = "ledger"
  engine                      = "sqlserver-se"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "ledger"
  manage_master_user_password = true
  option_group_name           = "mirrored"
}
