# undecided: HA401
# undecided: HA401
# Whether there is a standby is for the caller to say, and whether the other one is a replica at all.
variable "standby" {
  type = bool
}

variable "replicates" {
  type = string
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  multi_az                    = var.standby
}

resource "aws_db_instance" "reports" {
  identifier          = "reports"
  engine              = "postgres"
  instance_class      = "db.r6g.large"
  replicate_source_db = var.replicates == "" ? null : var.replicates
}
