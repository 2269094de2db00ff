# The lock is on a condition that is not known.
# undecided: HA421
variable "stage" {
  type = string
}

resource "aws_backup_vault" "main" {
  name = "main"
}

resource "aws_backup_vault_lock_configuration" "main" {
  count = var.stage == "production" ? 1 : 0

  backup_vault_name  = aws_backup_vault.main.name
  min_retention_days = 7
}
