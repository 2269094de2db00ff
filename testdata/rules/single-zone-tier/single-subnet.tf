# One subnet is a choice, not an oversight.
resource "aws_vpc" "build" {
  cidr_block = "10.9.0.0/24"
}

resource "aws_subnet" "build" {
  vpc_id            = aws_vpc.build.id
  cidr_block        = "10.9.0.0/24"
  availability_zone = "eu-west-1a"
}
