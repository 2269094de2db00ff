# One throttled call, and the message is set aside.
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({ # expect: HA604 gives a message up at a receive count of 1
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 1
  })
}

resource "aws_sqs_queue" "unhandled" {
  name                      = "unhandled"
  message_retention_seconds = 1209600
}
