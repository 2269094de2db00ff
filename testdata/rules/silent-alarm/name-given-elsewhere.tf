# The composite alarm names "errors": whether that is this alarm is for whoever names it to say.
# undecided: HA701
variable "topic_arn" {
  type = string
}

variable "name" {
  type = string
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = var.name
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = "app/web/0123456789abcdef" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
}

resource "aws_cloudwatch_composite_alarm" "broken" {
  alarm_name    = "broken"
  alarm_rule    = "ALARM(\"errors\")"
  alarm_actions = [var.topic_arn]
}
