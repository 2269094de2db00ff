# In a FIFO queue a message's age starts again when it is moved.
resource "aws_sqs_queue" "orders" {
  name       = "orders.fifo"
  fifo_queue = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "unhandled" {
  name                      = "unhandled.fifo"
  fifo_queue                = true
  message_retention_seconds = 86400
}
