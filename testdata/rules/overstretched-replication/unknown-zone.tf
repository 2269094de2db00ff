# In which zone the replica stands is decided when this is deployed.
# undecided: HA405
variable "zone" {
  type = string
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  backup_retention_period     = 7
  availability_zone           = "eu-west-1a"
}

resource "aws_db_instance" "replica" {
  identifier          = "replica"
  instance_class      = "db.m6g.large"
  replicate_source_db = aws_db_instance.orders.identifier
  skip_final_snapshot = true
  availability_zone   = var.zone
}
