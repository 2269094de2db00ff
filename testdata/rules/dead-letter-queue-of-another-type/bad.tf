# The dead-letter queue was copied from a standard one.
resource "aws_sqs_queue" "orders" {
  name       = "orders.fifo"
  fifo_queue = true
  redrive_policy = jsonencode({ # expect: HA605 aws_sqs_queue.orders is a FIFO queue, and its dead-letter queue aws_sqs_queue.unhandled is a standard queue
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "unhandled" {
  name = "unhandled"
}
