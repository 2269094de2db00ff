# How long the dead letters are kept is decided when this is applied.
# undecided: HA603
variable "retention" {
  type = number
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "unhandled" {
  name                      = "unhandled"
  message_retention_seconds = var.retention
}
