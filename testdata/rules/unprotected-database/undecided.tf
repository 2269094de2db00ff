# Whether it is protected is decided when this is deployed.
# undecided: HA407
variable "protected" {
  type = bool
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  deletion_protection         = var.protected
}
