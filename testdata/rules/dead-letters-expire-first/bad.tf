# A message that is given up after three days is kept for none.
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "unhandled" {
  name                      = "unhandled"
  message_retention_seconds = 86400 # expect: HA603 aws_sqs_queue.unhandled keeps dead letters for 1 day since they were first sent, less than aws_sqs_queue.orders, which keeps them for 4 days
}
