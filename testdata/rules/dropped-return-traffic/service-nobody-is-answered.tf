# Nobody is seen to connect, and no route leads in: whoever does (by peering, by VPN) is never answered.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "reports" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_network_acl" "reports" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.reports.id]

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.8.0.0/16"
  }

  # Nobody here has an IPv6 address.
  ingress {
    rule_no         = 110
    action          = "allow"
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    ipv6_cidr_block = "::/0"
  }

  egress {
    rule_no    = 90
    action     = "deny" # expect: HA201 drops 100% of the ports a client is answered at: 1024–65535, to 10.8.0.0/16
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "10.8.0.0/16"
  }
}
