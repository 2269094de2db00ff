# assuming: var.production
# The default is development, which has no standby.
variable "production" {
  type    = bool
  default = false
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  multi_az                    = var.production # expect: HA401 Multi-AZ is false
}
