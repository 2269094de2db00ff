# The default of a variable decides, and the finding says so.
# assuming: var.protected
variable "protected" {
  type    = bool
  default = false
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  deletion_protection         = var.protected # expect: HA407
}
