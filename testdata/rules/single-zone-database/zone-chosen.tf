# AWS takes no zone beside a standby, so setting one attribute is no mend here.
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  availability_zone           = "eu-west-1a"
  multi_az                    = false # expect: HA401 aws_db_instance.orders has no standby
}
