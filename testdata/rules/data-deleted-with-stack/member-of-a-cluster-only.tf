# A member has no final snapshot of its own, whichever its cluster is.
variable "cluster" {
  type    = string
  default = null
}

resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier = var.cluster
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_db_instance" "reports" {
  identifier                  = "reports"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "reports"
  manage_master_user_password = true
  skip_final_snapshot         = true # expect: HA408 aws_db_instance.reports leaves nothing behind
}
