# What the target scales is not known: it may be this table.
# undecided: HA309
variable "scaled" {
  type = string
}

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

resource "aws_appautoscaling_target" "target" {
  service_namespace  = "dynamodb"
  resource_id        = var.scaled
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = 500
}
