# The VPC is known by its id only.
variable "image_id" {
  type = string
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_subnet" "private_subnet_1" {
  vpc_id            = "vpc-0a1b2c3d4e5f67890"
  cidr_block        = "10.0.11.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_route_table" "private_routes_1" {
  vpc_id = "vpc-0a1b2c3d4e5f67890"
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

resource "aws_route_table_association" "private_association_2" {
  subnet_id      = aws_subnet.private_subnet_2.id
  route_table_id = aws_route_table.private_routes_2.id
}

resource "aws_vpc_endpoint" "store" {
  vpc_id          = "vpc-0a1b2c3d4e5f67890"
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private_routes_1.id] # expect: HA206 aws_vpc_endpoint.store is attached to aws_route_table.private_routes_1, but not to aws_route_table.private_routes_2, where aws_autoscaling_group.app stands, too
}

resource "aws_launch_template" "template" {
  name_prefix   = "app-"
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "app" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.private_subnet_1.id, aws_subnet.private_subnet_2.id]

  launch_template {
    id = aws_launch_template.template.id
  }
}
