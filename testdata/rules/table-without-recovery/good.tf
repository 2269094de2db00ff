# Both can be restored.
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table_replica" "orders" {
  region                 = "eu-central-1"
  global_table_arn       = aws_dynamodb_table.orders.arn
  point_in_time_recovery = true
}
