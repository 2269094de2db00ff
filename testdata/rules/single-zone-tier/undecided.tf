# AWS chooses a zone for a subnet that names none; it may choose the same one twice.
# undecided: HA101
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "database_1" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "database_2" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
