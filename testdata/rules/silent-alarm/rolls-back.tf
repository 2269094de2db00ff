# The deployment is rolled back when the alarm goes off: that may be all it is for.
# undecided: HA701
variable "application" {
  type = string
}

variable "role_arn" {
  type = string
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
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = var.application
  deployment_group_name = "web"
  service_role_arn      = var.role_arn

  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
  }
}
