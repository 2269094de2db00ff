# One volume says in the very tag that it is to be left out; the other does not write the tag, which others may add.
# undecided: HA420
resource "aws_backup_plan" "nightly" {
  name = "nightly"

  rule {
    rule_name         = "nightly"
    target_vault_name = "main"
  }
}

resource "aws_backup_selection" "tagged" {
  name         = "tagged"
  plan_id      = aws_backup_plan.nightly.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"

  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "nightly"
  }
}

resource "aws_dlm_lifecycle_policy" "snapshots" {
  description        = "Snapshots of what asks for them"
  execution_role_arn = "arn:aws:iam::111122223333:role/snapshots"

  policy_details {
    resource_types = ["VOLUME"]

    target_tags = {
      Backup = "weekly"
    }

    schedule {
      name = "weekly"

      create_rule {
        cron_expression = "cron(0 3 ? * SUN *)"
      }

      retain_rule {
        count = 4
      }
    }
  }
}

resource "aws_ebs_volume" "documents" { # expect: HA420 aws_ebs_volume.documents is backed up by nothing
  availability_zone = "eu-west-1a"
  size              = 200

  tags = {
    Backup = "none"
  }
}

resource "aws_ebs_volume" "pictures" {
  availability_zone = "eu-west-1a"
  size              = 800
}

resource "aws_ebs_volume" "archive" {
  availability_zone = "eu-west-1a"
  size              = 800

  tags = {
    Backup = "weekly"
  }
}
