# The volumes that are taken in are those of FSx.
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
  resources    = ["arn:aws:fsx:*:*:volume/*"]
}

resource "aws_ebs_volume" "documents" { # expect: HA420 aws_ebs_volume.documents is backed up by nothing
  availability_zone = "eu-west-1a"
  size              = 200
}
