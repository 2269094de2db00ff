# Terraform keeps none where nothing is written.
resource "aws_db_instance" "orders" { # expect: HA406 has a backup retention of 0
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
}
