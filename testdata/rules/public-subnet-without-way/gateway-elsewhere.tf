# The internet gateway, or whatever the route leads to, is another stack's.
# undecided: HA203
variable "gateway_id" {
  type = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_vpc" "vpc" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_route_table" "routes_1" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route" "default_1" {
  route_table_id         = aws_route_table.routes_1.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.gateway_id
}

resource "aws_subnet" "subnet_1" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.21.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_route_table_association" "association_1" {
  subnet_id      = aws_subnet.subnet_1.id
  route_table_id = aws_route_table.routes_1.id
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = [aws_subnet.subnet_1.id]
}
