# AWS made a default VPC with a subnet in each zone, so one more is no single-zone tier.
# undecided: HA101
resource "aws_default_vpc" "main" {}

resource "aws_subnet" "database_1" {
  vpc_id            = aws_default_vpc.main.id
  cidr_block        = "172.31.200.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "database_2" {
  vpc_id            = aws_default_vpc.main.id
  cidr_block        = "172.31.201.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_default_subnet" "a" {
  availability_zone = "eu-west-1a"
}
