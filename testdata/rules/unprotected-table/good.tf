# Both are protected.
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table_replica" "orders" {
  region                      = "eu-central-1"
  global_table_arn            = aws_dynamodb_table.orders.arn
  deletion_protection_enabled = true
}
