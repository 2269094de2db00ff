# Nobody here knows the routes of the table that takes the main one's place.
# undecided: HA101
# undecided: HA101
# undecided: HA101
variable "shared_route_table_id" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_main_route_table_association" "shared" {
  vpc_id         = aws_vpc.main.id
  route_table_id = var.shared_route_table_id
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}
