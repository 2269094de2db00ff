# Neither the table nor the replica of the other one can be restored.
resource "aws_dynamodb_table" "orders" { # expect: HA417 aws_dynamodb_table.orders cannot be restored to an earlier moment: point-in-time recovery is false
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "customers" {
  name             = "customers"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  replica { # expect: HA417 cannot be restored to an earlier moment
    region_name = "eu-central-1"
  }
}
