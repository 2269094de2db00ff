# What no consumer can handle comes back until it expires.
resource "aws_sqs_queue" "orders" { # expect: HA602 aws_sqs_queue.orders has no dead-letter queue
  name                      = "orders"
  message_retention_seconds = 1209600
}
