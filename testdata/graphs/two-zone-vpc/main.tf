data "aws_availability_zones" "available" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  count = 2

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "main" {
  for_each = { for index, subnet in aws_subnet.main : index => subnet.id }

  subnet_id      = each.value
  route_table_id = aws_route_table.main.id
}

resource "aws_lb" "main" {
  internal = true
  subnets  = aws_subnet.main[*].id
}
