# A bound of zero is none.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  max_allocated_storage       = 0 # expect: HA409 stops when its storage is full: storage autoscaling is off
}
