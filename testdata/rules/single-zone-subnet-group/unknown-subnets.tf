# The subnets are named when this is deployed.
# undecided: HA110
variable "subnet_ids" {
  type = list(string)
}

resource "aws_db_subnet_group" "data" {
  name       = "data"
  subnet_ids = var.subnet_ids
}
