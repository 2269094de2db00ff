# Whether the subnet leads out of the VPC is decided elsewhere.
# undecided: HA201

variable "subnet" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_network_acl" "edge" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [var.subnet]
}

resource "aws_network_acl_rule" "https_out" {
  network_acl_id = aws_network_acl.edge.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "0.0.0.0/0"
  from_port      = 443
  to_port        = 443
}

resource "aws_network_acl_rule" "answers_in" {
  network_acl_id = aws_network_acl.edge.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "10.0.0.0/16"
  from_port      = 1024
  to_port        = 65535
}
