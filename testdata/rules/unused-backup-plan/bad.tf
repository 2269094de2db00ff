# The plan runs every night, over nothing.
resource "aws_backup_vault" "main" {
  name = "main"
}

resource "aws_backup_plan" "nightly" { # expect: HA419 aws_backup_plan.nightly backs up nothing: no selection names it
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(0 2 * * ? *)"
  }
}
