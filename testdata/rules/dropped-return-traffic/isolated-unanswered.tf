# A database tier that sends no answers.

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.10.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "data" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.20.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.app.id
}

resource "aws_network_acl" "data" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.data.id]
}

resource "aws_network_acl_rule" "postgres_in" {
  network_acl_id = aws_network_acl.data.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "10.0.10.0/24"
  from_port      = 5432
  to_port        = 5432
}

resource "aws_network_acl_rule" "deny_out" {
  network_acl_id = aws_network_acl.data.id
  egress         = true
  rule_number    = 100
  rule_action    = "deny" # expect: HA201 drops 100% of the ports any host is answered at: 32768–65535, to 10.0.10.0/24
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}
