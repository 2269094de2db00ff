# Dead letters are kept longest; where the source keeps its messages as long, nothing is longer.
locals {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.unhandled.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = local.redrive_policy
}

resource "aws_sqs_queue" "returns" {
  name                      = "returns"
  message_retention_seconds = 1209600
  redrive_policy            = local.redrive_policy
}

resource "aws_sqs_queue" "unhandled" {
  name                      = "unhandled"
  message_retention_seconds = 1209600
}
