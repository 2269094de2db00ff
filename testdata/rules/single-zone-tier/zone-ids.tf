# Two zone ids are two zones, whatever the account calls them.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "database_1" {
  vpc_id               = aws_vpc.main.id
  cidr_block           = "10.0.0.0/24"
  availability_zone_id = "use1-az1"
}

resource "aws_subnet" "database_2" {
  vpc_id               = aws_vpc.main.id
  cidr_block           = "10.0.1.0/24"
  availability_zone_id = "use1-az2"
}
