# The type of the endpoint is a default, which the finding rests on.
# assuming: var.endpoint_type
variable "endpoint_type" {
  type    = string
  default = "Interface"
}

variable "image_id" {
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

resource "aws_vpc_endpoint" "queue" {
  vpc_id              = aws_vpc.vpc.id
  service_name        = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type   = var.endpoint_type
  subnet_ids          = [aws_subnet.private_subnet_1.id] # expect: HA106 aws_vpc_endpoint.queue has network interfaces in the first zone of the region only, but aws_subnet.private_subnet_2 is in the second zone of the region
  private_dns_enabled = true
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
