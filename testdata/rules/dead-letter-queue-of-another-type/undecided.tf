# Whether the queue is a FIFO queue is decided when this is applied; its dead-letter queue is none.
# undecided: HA605
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
  name = "unhandled"
}
