# One alarm was never given an action, the other was silenced for a night, long ago.
variable "topic_arn" {
  type = string
}

resource "aws_cloudwatch_metric_alarm" "errors" { # expect: HA701 aws_cloudwatch_metric_alarm.errors tells nobody when it goes off: it has no action
  alarm_name          = "errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = "app/web/0123456789abcdef" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = "app/web/0123456789abcdef" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.topic_arn]
  actions_enabled     = false # expect: HA701 aws_cloudwatch_metric_alarm.slow tells nobody when it goes off: its actions are switched off
}
