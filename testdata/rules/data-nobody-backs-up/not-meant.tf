# A replica, and a member of a cluster, are copies; the backup of the source is what counts.
resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
  }
}

resource "aws_backup_selection" "volumes" {
  name         = "volumes"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["arn:aws:ec2:*:*:volume/*"]
}

resource "aws_db_instance" "replica" {
  instance_class      = "db.m7g.large"
  replicate_source_db = "accounts"
  skip_final_snapshot = true
}

resource "aws_rds_cluster_instance" "member" {
  cluster_identifier = "ledger"
  engine             = "aurora-postgresql"
  instance_class     = "db.r7g.large"
}
