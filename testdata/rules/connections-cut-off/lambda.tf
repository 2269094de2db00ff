# A Lambda function is never drained.
resource "aws_lb_target_group" "functions" {
  name                 = "functions"
  target_type          = "lambda"
  deregistration_delay = 0
}
