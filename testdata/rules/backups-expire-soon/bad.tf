# A spoiled Friday cannot be restored on the next one.
resource "aws_backup_plan" "often" {
  name = "often"

  rule { # expect: HA422 aws_backup_plan.often keeps no recovery point for 7 days
    rule_name         = "hourly"
    target_vault_name = "main"
    schedule          = "cron(0 * * * ? *)"

    lifecycle {
      delete_after = 2
    }
  }

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 2 * * ? *)"

    lifecycle {
      delete_after = 5
    }
  }
}
