# undecided: HA106
variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

resource "aws_vpc_endpoint" "queue" {
  vpc_id            = var.vpc_id
  service_name      = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type = "Interface"
  subnet_ids        = var.subnet_ids
}
