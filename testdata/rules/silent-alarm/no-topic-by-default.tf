# Nobody hears of it unless whoever deploys names a topic.
variable "topic_arn" {
  type    = string
  default = ""
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = "app/web/0123456789abcdef" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = var.topic_arn == "" ? [] : [var.topic_arn] # expect: HA701 aws_cloudwatch_metric_alarm.errors tells nobody when it goes off: it has no action
  # assuming: var.topic_arn
}
