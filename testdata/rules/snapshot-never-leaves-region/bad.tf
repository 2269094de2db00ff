provider "aws" {
  region = "eu-west-1"
}

resource "aws_dlm_lifecycle_policy" "volumes" { # expect: HA501 aws_dlm_lifecycle_policy.volumes makes EBS snapshots that never leave eu-west-1
  description        = "Snapshots of every volume that asks for them"
  execution_role_arn = "arn:aws:iam::111122223333:role/snapshots"

  policy_details {
    resource_types = ["VOLUME"]

    target_tags = {
      Snapshot = "true"
    }

    schedule {
      name = "daily"

      create_rule {
        interval = 24
      }

      retain_rule {
        count = 14
      }
    }
  }
}
