# Each is backed up in its own way: with its instance, by its tags, by a pattern, by itself.
variable "image_id" {
  type = string
}

resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
  }
}

resource "aws_instance" "server" {
  ami               = var.image_id
  instance_type     = "m7g.large"
  availability_zone = "eu-west-1a"
}

resource "aws_ebs_volume" "documents" {
  availability_zone = "eu-west-1a"
  size              = 200
}

resource "aws_volume_attachment" "documents" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.server.id
  volume_id   = aws_ebs_volume.documents.id
}

resource "aws_ebs_volume" "pictures" {
  availability_zone = "eu-west-1a"
  size              = 800

  tags = {
    Backup = "nightly"
  }
}

resource "aws_backup_selection" "chosen" {
  name         = "chosen"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"

  resources = [
    "arn:aws:ec2:*:*:instance/*",
    "arn:aws:dynamodb:*:*:table/shop-*",
  ]

  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "nightly"
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "shop-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "invoices" {
  name         = "invoices"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_db_instance" "accounts" {
  engine                      = "postgres"
  instance_class              = "db.m7g.large"
  allocated_storage           = 100
  backup_retention_period     = 7
  username                    = "accounts"
  manage_master_user_password = true
  skip_final_snapshot         = true
}
