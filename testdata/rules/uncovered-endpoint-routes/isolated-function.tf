# In the second subnet the function reaches nothing.
variable "role_arn" {
  type = string
}

variable "security_group_id" {
  type = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_vpc" "vpc" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private_subnet_1" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.11.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_route_table" "private_routes_1" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route_table_association" "private_association_1" {
  subnet_id      = aws_subnet.private_subnet_1.id
  route_table_id = aws_route_table.private_routes_1.id
}

resource "aws_subnet" "private_subnet_2" {
  vpc_id            = aws_vpc.vpc.id
  cidr_block        = "10.0.12.0/24"
  availability_zone = data.aws_availability_zones.available.names[1]
}

resource "aws_route_table" "private_routes_2" {
  vpc_id = aws_vpc.vpc.id
}

resource "aws_route_table_association" "private_association_2" {
  subnet_id      = aws_subnet.private_subnet_2.id
  route_table_id = aws_route_table.private_routes_2.id
}

resource "aws_vpc_endpoint" "store" {
  vpc_id          = aws_vpc.vpc.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private_routes_1.id] # expect: HA206 aws_vpc_endpoint.store is attached to aws_route_table.private_routes_1, but not to aws_route_table.private_routes_2, where aws_lambda_function.handler stands, too
}

resource "aws_lambda_function" "handler" {
  function_name = "handler"
  runtime       = "python3.13"
  handler       = "index.handler"
  filename      = "function.zip"
  role          = var.role_arn

  vpc_config {
    subnet_ids         = [aws_subnet.private_subnet_1.id, aws_subnet.private_subnet_2.id]
    security_group_ids = [var.security_group_id]
  }
}
