# One NAT gateway for each private subnet, and fewer public subnets to put them into: the third is back in the first zone.
data "aws_availability_zones" "available" {}

locals {
  zones       = slice(data.aws_availability_zones.available.names, 0, 3)
  public      = ["10.0.0.0/24", "10.0.1.0/24"]
  private     = ["10.0.10.0/24", "10.0.11.0/24", "10.0.12.0/24"]
  nat_gateway = max(length(local.private), length(local.public))
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  count = length(local.public)

  vpc_id            = aws_vpc.main.id
  cidr_block        = element(local.public, count.index)
  availability_zone = element(local.zones, count.index)
}

resource "aws_subnet" "private" {
  count = length(local.private)

  vpc_id            = aws_vpc.main.id
  cidr_block        = element(local.private, count.index)
  availability_zone = element(local.zones, count.index)
}

resource "aws_nat_gateway" "main" {
  count = local.nat_gateway

  subnet_id = element(aws_subnet.public[*].id, count.index)
}

resource "aws_route_table" "private" {
  count = local.nat_gateway

  vpc_id = aws_vpc.main.id
}

resource "aws_route" "out" {
  count = local.nat_gateway

  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.main[*].id, count.index)
}
