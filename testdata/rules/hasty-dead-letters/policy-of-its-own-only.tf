# The policy is a resource of its own; that it gives no count is not meant.
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue" "returns" {
  name           = "returns"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.unhandled.arn })
}

resource "aws_sqs_queue" "unhandled" {
  name                      = "unhandled"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_redrive_policy" "orders" {
  queue_url      = aws_sqs_queue.orders.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.unhandled.arn, maxReceiveCount = "1" }) # expect: HA604 aws_sqs_queue_redrive_policy.orders gives a message up at a receive count of 1
}
