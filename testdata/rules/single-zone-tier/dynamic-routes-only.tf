# Which routes there are is decided when this is applied: the subnets may be public, private or isolated.
# undecided: HA101
# undecided: HA101
# undecided: HA101
variable "routes" {
  type = map(object({ cidr = string, gateway_id = string }))
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = "eu-west-1a"
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.main.id

  dynamic "route" {
    for_each = var.routes
    content {
      cidr_block = route.value.cidr
      gateway_id = route.value.gateway_id
    }
  }
}

resource "aws_route_table_association" "app" {
  count          = 2
  subnet_id      = aws_subnet.app[count.index].id
  route_table_id = aws_route_table.app.id
}
