# How far the storage may grow is decided when this is deployed.
# undecided: HA409
variable "most_storage" {
  type = number
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  max_allocated_storage       = var.most_storage
}
