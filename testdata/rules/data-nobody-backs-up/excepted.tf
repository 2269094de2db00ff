# Everything is taken in but volumes and whatever the conditions leave out.
# undecided: HA420
resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
  }
}

resource "aws_backup_selection" "everything" {
  name          = "everything"
  plan_id       = aws_backup_plan.nightly.id
  iam_role_arn  = "arn:aws:iam::111122223333:role/backup"
  resources     = ["*"]
  not_resources = ["arn:aws:ec2:*:*:volume/*"]

  condition {
    string_not_equals {
      key   = "aws:ResourceTag/Backup"
      value = "none"
    }
  }
}

resource "aws_ebs_volume" "documents" { # expect: HA420 aws_ebs_volume.documents is backed up by nothing
  availability_zone = "eu-west-1a"
  size              = 200
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
