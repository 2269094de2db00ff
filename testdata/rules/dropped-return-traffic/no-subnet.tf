# In force nowhere: nothing is said.

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_network_acl" "spare" {
  vpc_id = aws_vpc.main.id
}

resource "aws_network_acl_rule" "https_out" {
  network_acl_id = aws_network_acl.spare.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "0.0.0.0/0"
  from_port      = 443
  to_port        = 443
}
