# Neither the table nor the replica of the other one is protected.
resource "aws_dynamodb_table" "orders" { # expect: HA418 aws_dynamodb_table.orders can be deleted by one call: deletion protection is off
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "customers" {
  name                        = "customers"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  replica { # expect: HA418 can be deleted by one call
    region_name = "eu-central-1"
  }
}
