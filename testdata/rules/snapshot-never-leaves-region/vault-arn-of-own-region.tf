data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

resource "aws_backup_vault" "main" {
  name = "main"
}

resource "aws_backup_plan" "daily" { # expect: HA501 never leave their region; its copies stay
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(0 5 ? * * *)"

    copy_action {
      destination_vault_arn = "arn:aws:backup:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:backup-vault:second"
    }
  }
}

resource "aws_backup_selection" "main" {
  name         = "main"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["*"]
}
