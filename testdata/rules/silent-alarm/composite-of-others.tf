# A composite alarm that names neither itself nor the alarm beside it.
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

resource "aws_cloudwatch_composite_alarm" "broken" { # expect: HA701 aws_cloudwatch_composite_alarm.broken tells nobody when it goes off: it has no action
  alarm_name = "broken"
  alarm_rule = "ALARM(\"errors-of-somebody-else\")"
}
