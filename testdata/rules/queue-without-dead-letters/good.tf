# The dead-letter queue needs none itself.
resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.leftovers.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "leftovers" {
  name = "leftovers"
}
