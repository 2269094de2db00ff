# Whoever may delete recovery points can empty the vault.
resource "aws_backup_vault" "main" { # expect: HA421 aws_backup_vault.main has no lock
  name = "main"
}
