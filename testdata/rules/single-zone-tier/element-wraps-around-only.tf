# element() starts over at the end of a list: of one zone it never leaves that zone.
locals {
  zones = ["eu-west-1a"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "database" {
  count             = 3
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = element(local.zones, count.index) # expect: HA101 All 3 isolated subnets of aws_vpc.main stand in eu-west-1a
}
