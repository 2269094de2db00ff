# Whatever the region is, it is the same one.

variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

resource "aws_dlm_lifecycle_policy" "volumes" { # expect: HA501 never leave their region; its copies stay
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
        target    = var.region
        encrypted = true

        retain_rule {
          interval      = 1
          interval_unit = "MONTHS"
        }
      }
    }
  }
}
