# The gateway's subnet is not known: another one may stand in the same VPC, in another zone.
# undecided: HA105
# The VPC is known by its id only: which of its gateways the second zone should leave through is another rule's.
data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_internet_gateway" "internet_gateway" {
  vpc_id = "vpc-0a1b2c3d4e5f67890"
}

resource "aws_route_table" "public_routes" {
  vpc_id = "vpc-0a1b2c3d4e5f67890"
}

resource "aws_route" "public_default" {
  route_table_id         = aws_route_table.public_routes.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.internet_gateway.id
}

resource "aws_subnet" "public_subnet_1" {
  vpc_id            = "vpc-0a1b2c3d4e5f67890"
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_route_table_association" "public_association_1" {
  subnet_id      = aws_subnet.public_subnet_1.id
  route_table_id = aws_route_table.public_routes.id
}

resource "aws_subnet" "public_subnet_2" {
  vpc_id            = "vpc-0a1b2c3d4e5f67890"
  cidr_block        = "10.0.2.0/24"
  availability_zone = data.aws_availability_zones.available.names[1]
}

resource "aws_route_table_association" "public_association_2" {
  subnet_id      = aws_subnet.public_subnet_2.id
  route_table_id = aws_route_table.public_routes.id
}

resource "aws_eip" "nat_address_1" {
  domain = "vpc"
}

resource "aws_nat_gateway" "nat_gateway_1" {
  allocation_id = aws_eip.nat_address_1.id
  subnet_id     = aws_subnet.public_subnet_1.id
}

resource "aws_eip" "nat_address_2" {
  domain = "vpc"
}

resource "aws_nat_gateway" "nat_gateway_2" {
  allocation_id = aws_eip.nat_address_2.id
  subnet_id     = module.network.public_subnet_id
}

resource "aws_subnet" "private_subnet_1" {
  vpc_id            = "vpc-0a1b2c3d4e5f67890"
  cidr_block        = "10.0.11.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_route_table" "private_routes_1" {
  vpc_id = "vpc-0a1b2c3d4e5f67890"
}

resource "aws_route" "private_default_1" {
  route_table_id         = aws_route_table.private_routes_1.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_gateway_1.id
}

resource "aws_route_table_association" "private_association_1" {
  subnet_id      = aws_subnet.private_subnet_1.id
  route_table_id = aws_route_table.private_routes_1.id
}

resource "aws_subnet" "private_subnet_2" {
  vpc_id            = "vpc-0a1b2c3d4e5f67890"
  cidr_block        = "10.0.12.0/24"
  availability_zone = data.aws_availability_zones.available.names[1]
}

resource "aws_route_table" "private_routes_2" {
  vpc_id = "vpc-0a1b2c3d4e5f67890"
}

resource "aws_route" "private_default_2" {
  route_table_id         = aws_route_table.private_routes_2.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_gateway_1.id
}

resource "aws_route_table_association" "private_association_2" {
  subnet_id      = aws_subnet.private_subnet_2.id
  route_table_id = aws_route_table.private_routes_2.id
}

module "network" {
  source = "./network" # is not there
}
