# Whether there is a policy is decided when this is applied.
# undecided: HA602
variable "dead_letter_queue_arn" {
  type = string
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = var.dead_letter_queue_arn == "" ? null : jsonencode({
    deadLetterTargetArn = var.dead_letter_queue_arn
    maxReceiveCount     = 5
  })
}
