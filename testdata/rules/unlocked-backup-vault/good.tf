# The vault is locked; the other is air-gapped, and locked by its nature.
resource "aws_backup_vault" "main" {
  name = "main"
}

resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name  = aws_backup_vault.main.name
  min_retention_days = 7
}

resource "aws_backup_logically_air_gapped_vault" "apart" {
  name               = "apart"
  min_retention_days = 7
  max_retention_days = 35
}
