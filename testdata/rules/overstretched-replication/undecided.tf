# The source is named when this is deployed, and may be a replica itself.
# undecided: HA405
variable "source" {
  type = string
}

resource "aws_db_instance" "replica" {
  identifier              = "replica"
  instance_class          = "db.m6g.large"
  replicate_source_db     = var.source
  skip_final_snapshot     = true
  backup_retention_period = 7
}
