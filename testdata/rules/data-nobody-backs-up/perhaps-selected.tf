# What is selected is decided when this is deployed.
# undecided: HA420
variable "arns" {
  type = list(string)
}

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
  resources    = var.arns
}

resource "aws_ebs_volume" "documents" {
  availability_zone = "eu-west-1a"
  size              = 200
}
