# A module that cannot be read is given volume and table, and may select them.
# undecided: HA420
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
  resources    = ["arn:aws:rds:*:*:db:*"]
}

module "selection" {
  source = "git::https://example.org/selection.git"

  arns = [aws_ebs_volume.documents.arn, aws_dynamodb_table.orders.arn]
}

resource "aws_ebs_volume" "documents" {
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
