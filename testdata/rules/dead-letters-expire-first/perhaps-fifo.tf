# Whether a message's age starts again in a FIFO queue is decided when this is applied.
# undecided: HA603
variable "fifo" {
  type = bool
}

resource "aws_sqs_queue" "orders" {
  name_prefix = "orders"
  fifo_queue  = var.fifo
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "unhandled" {
  name_prefix               = "unhandled"
  fifo_queue                = var.fifo
  message_retention_seconds = 86400
}
