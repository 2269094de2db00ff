# The target names the table by the text that is its name; another one is of some other table.
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "writes_of_orders" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = 500
}

resource "aws_dynamodb_table" "invoices" {
  name           = "invoices"
  hash_key       = "id"
  billing_mode   = "PROVISIONED"
  read_capacity  = 2 # expect: HA309 aws_dynamodb_table.invoices has 2 read and 1 write
  write_capacity = 1

  attribute {
    name = "id"
    type = "S"
  }
}
