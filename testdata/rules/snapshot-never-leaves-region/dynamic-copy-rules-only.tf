# undecided: HA501

variable "recovery_regions" {
  type = list(string)
}

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

      dynamic "cross_region_copy_rule" {
        for_each = var.recovery_regions

        content {
          target    = cross_region_copy_rule.value
          encrypted = true
        }
      }
    }
  }
}
