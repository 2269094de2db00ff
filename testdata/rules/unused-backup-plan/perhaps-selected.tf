# The selection is on a condition that is not known.
# undecided: HA419
variable "stage" {
  type = string
}

resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
    schedule          = "cron(0 2 * * ? *)"
  }
}

resource "aws_backup_selection" "everything" {
  count = var.stage == "production" ? 1 : 0

  name         = "everything"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["*"]
}
