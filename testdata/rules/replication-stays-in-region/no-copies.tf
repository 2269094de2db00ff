# Databases are backed up, and no backup is copied anywhere.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_backup_plan" "daily" { # expect: HA502 aws_backup_plan.daily keeps its recovery points in eu-west-1 only
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
  }
}

resource "aws_backup_selection" "databases" {
  name         = "databases"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["arn:aws:rds:*:*:db:*"]
}
