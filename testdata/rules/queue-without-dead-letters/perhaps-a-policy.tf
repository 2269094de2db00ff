# Whether the queue gives anything up is decided when this is applied.
# undecided: HA602
variable "patience" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = var.patience == "endless" ? null : jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_dlq.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "orders_dlq" {
  name = "orders-dlq"
}
