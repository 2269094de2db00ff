# A policy that forbids others to use it makes no dead-letter queue of it.
resource "aws_sqs_queue" "orders" { # expect: HA602 aws_sqs_queue.orders has no dead-letter queue
  name                 = "orders"
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}
