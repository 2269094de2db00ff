# A selection by nothing takes in the kinds of resources that the account has opted in to.
# undecided: HA420
resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
  }
}

resource "aws_backup_selection" "chosen" {
  name         = "chosen"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
}

resource "aws_ebs_volume" "documents" {
  availability_zone = "eu-west-1a"
  size              = 200
}
