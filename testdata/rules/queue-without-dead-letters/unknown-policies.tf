# Some policy names a queue that is decided when this is applied: it may be any of these.
# undecided: HA602
variable "rest" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = jsonencode({
    deadLetterTargetArn = var.rest
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "returns" {
  name = "returns"
}
