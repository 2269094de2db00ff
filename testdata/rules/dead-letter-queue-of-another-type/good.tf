# Whether they are FIFO queues is decided when this is applied, but then both are.
variable "fifo" {
  type = bool
}

resource "aws_sqs_queue" "orders" {
  name       = "orders${var.fifo ? ".fifo" : ""}"
  fifo_queue = var.fifo
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "unhandled" {
  name       = "unhandled${var.fifo ? ".fifo" : ""}"
  fifo_queue = var.fifo
}
