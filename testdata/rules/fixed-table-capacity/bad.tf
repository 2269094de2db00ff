# Five reads and five writes a second, whatever comes. Nothing is said of how it is billed, which means provisioned.
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 5 # expect: HA309 aws_dynamodb_table.orders has 5 read and 5 write capacity units and nothing that scales them
  write_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
}
