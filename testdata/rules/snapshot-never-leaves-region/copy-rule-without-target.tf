# undecided: HA501

provider "aws" {
  region = "eu-west-1"
}

resource "aws_dlm_lifecycle_policy" "volumes" {
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

      cross_region_copy_rule {
        encrypted = true
      }
    }
  }
}
