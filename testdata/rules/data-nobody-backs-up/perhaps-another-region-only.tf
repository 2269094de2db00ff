# The volume may stand in another region than the plan.
# undecided: HA420
variable "region" {
  type = string
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "other"
  region = var.region
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
  resources    = ["*"]
}

resource "aws_ebs_volume" "documents" {
  provider = aws.other

  availability_zone = "eu-west-1a"
  size              = 200
}
