# Each table has an association of its own, but that of the second zone is missing.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count = 2

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_route_table" "app" {
  count = 2

  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "app" {
  count = 2

  subnet_id      = aws_subnet.app[count.index].id
  route_table_id = aws_route_table.app[count.index].id
}

resource "aws_vpc_endpoint" "store" { # expect: HA206 aws_vpc_endpoint.store is attached to aws_route_table.app[0], but not to aws_route_table.app[1], where aws_autoscaling_group.app stands, too
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "store" {
  vpc_endpoint_id = aws_vpc_endpoint.store.id
  route_table_id  = aws_route_table.app[0].id
}

resource "aws_launch_template" "app" {
  name_prefix   = "app-"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "app" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id = aws_launch_template.app.id
  }
}
