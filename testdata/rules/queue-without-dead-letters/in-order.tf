# Events must be handled in the order they were sent: whether one may be moved aside is the owner's choice.
resource "aws_sqs_queue" "movements" { # expect: HA602[note] aws_sqs_queue.movements has no dead-letter queue
  name       = "movements.fifo"
  fifo_queue = true
}
