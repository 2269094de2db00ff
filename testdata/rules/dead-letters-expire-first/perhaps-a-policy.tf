# Whether the queue gives anything up is decided when this is applied.
# undecided: HA603
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
  name                      = "orders-dlq"
  message_retention_seconds = 86400
}
