# A load balancer is answered at 1024–65535 by its targets.

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "balancer_a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "balancer_b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "balancer_a" {
  subnet_id      = aws_subnet.balancer_a.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "balancer_b" {
  subnet_id      = aws_subnet.balancer_b.id
  route_table_id = aws_route_table.public.id
}

resource "aws_lb" "web" {
  load_balancer_type = "application"
  subnets            = [aws_subnet.balancer_a.id, aws_subnet.balancer_b.id]
}

resource "aws_network_acl" "balancer" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.balancer_a.id, aws_subnet.balancer_b.id]
}

resource "aws_network_acl_rule" "https_in" {
  network_acl_id = aws_network_acl.balancer.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "0.0.0.0/0"
  from_port      = 443
  to_port        = 443
}

resource "aws_network_acl_rule" "targets_in" {
  network_acl_id = aws_network_acl.balancer.id
  rule_number    = 110
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "10.0.0.0/16"
  from_port      = 32768 # expect: HA201[warning] drops 49% of the ports a load balancer is answered at: 1024–32767, from 10.0.0.0/16
  to_port        = 65535
}

resource "aws_network_acl_rule" "targets_out" {
  network_acl_id = aws_network_acl.balancer.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "10.0.0.0/16"
  from_port      = 8080
  to_port        = 8080
}

resource "aws_network_acl_rule" "answers_out" {
  network_acl_id = aws_network_acl.balancer.id
  egress         = true
  rule_number    = 110
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = "0.0.0.0/0"
  from_port      = 1024
  to_port        = 65535
}
