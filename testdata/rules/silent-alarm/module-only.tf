# The module is given the alarm, and what it does with it is not to be seen.
# undecided: HA701
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
}

module "watch" {
  source  = "example.org/acme/watch/aws"
  version = "1.0.0"
  alarm   = aws_cloudwatch_metric_alarm.errors.arn
}
