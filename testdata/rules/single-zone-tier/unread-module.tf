# The module is not on disk and is given the VPC: it may add subnets in other zones.
# undecided: HA101
# undecided: HA101
# undecided: HA101
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "database_1" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "database_2" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

module "more_subnets" {
  source  = "app.terraform.io/example/subnets/aws"
  version = "1.4.0"

  vpc_id = aws_vpc.main.id
}
