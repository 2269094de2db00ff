# For how long is chosen when this is deployed.
# undecided: HA422
variable "days" {
  type = number
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"

    lifecycle {
      delete_after = var.days
    }
  }
}
