# One instance says that it wants no standby, the other says nothing, which means the same.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  multi_az                    = false # expect: HA401 aws_db_instance.orders has no standby in another zone: Multi-AZ is false
}

resource "aws_db_instance" "reports" { # expect: HA401 aws_db_instance.reports has no standby
  identifier                  = "reports"
  engine                      = "mysql"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  username                    = "reports"
  manage_master_user_password = true
}
