# There is a selection in production only, and which stage this is is not known.
# undecided: HA420
variable "stage" {
  type = string
}

resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
  }
}

resource "aws_backup_selection" "chosen" {
  count = var.stage == "production" ? 1 : 0

  name         = "chosen"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["*"]
}

resource "aws_ebs_volume" "documents" {
  availability_zone = "eu-west-1a"
  size              = 200
}
