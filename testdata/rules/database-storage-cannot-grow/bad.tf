resource "aws_db_instance" "orders" { # expect: HA409 aws_db_instance.orders stops when its storage is full
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
}
