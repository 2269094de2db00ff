variable "create" { default = true }
variable "source_db_instance_arn" {}
variable "region" { default = null }
variable "retention_period" { default = 7 }

resource "aws_db_instance_automated_backups_replication" "this" {
  count                  = var.create ? 1 : 0
  source_db_instance_arn = var.source_db_instance_arn
  region                 = var.region
  retention_period       = var.retention_period
}
