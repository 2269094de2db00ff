# One rule of the first plan keeps its recovery points for a month; the second plan deletes none.
resource "aws_backup_plan" "often" {
  name = "often"

  rule {
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
      delete_after = 30
    }
  }
}

resource "aws_backup_plan" "forever" {
  name = "forever"

  rule {
    rule_name         = "monthly"
    target_vault_name = "main"
    schedule          = "cron(0 2 1 * ? *)"
  }
}
