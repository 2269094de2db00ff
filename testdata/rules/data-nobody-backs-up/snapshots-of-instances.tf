# The policy makes snapshots of instances that bear the tag, and the volume that bears it is attached to none.
resource "aws_dlm_lifecycle_policy" "snapshots" {
  description        = "Snapshots of what asks for them"
  execution_role_arn = "arn:aws:iam::111122223333:role/snapshots"

  policy_details {
    resource_types = ["INSTANCE"]

    target_tags = {
      Backup = "nightly"
    }

    schedule {
      name = "nightly"

      create_rule {
        interval = 24
      }

      retain_rule {
        count = 7
      }
    }
  }
}

resource "aws_ebs_volume" "documents" { # expect: HA420 aws_ebs_volume.documents is backed up by nothing
  availability_zone = "eu-west-1a"
  size              = 200

  tags = {
    Backup = "nightly"
  }
}
