# The billing mode is chosen when this is deployed.
# undecided: HA309
variable "billing_mode" {
  type = string
}

resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  billing_mode   = var.billing_mode
  read_capacity  = 5
  write_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
}
