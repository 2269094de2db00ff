# Backups are made of one volume by name; the other, a table and a database are left out.
resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
  }
}

resource "aws_ebs_volume" "documents" {
  availability_zone = "eu-west-1a"
  size              = 200
}

resource "aws_backup_selection" "one_volume" {
  name         = "documents"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_ebs_volume.documents.arn]
}

resource "aws_ebs_volume" "pictures" { # expect: HA420 aws_ebs_volume.pictures is backed up by nothing: aws_backup_selection.one_volume leaves it out
  availability_zone = "eu-west-1a"
  size              = 800
}

resource "aws_dynamodb_table" "orders" { # expect: HA420 aws_dynamodb_table.orders is backed up by nothing
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_db_instance" "accounts" { # expect: HA420 aws_db_instance.accounts is backed up by nothing
  engine                      = "postgres"
  instance_class              = "db.m7g.large"
  allocated_storage           = 100
  username                    = "accounts"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
