# AWS gives the main route table of a default VPC its way to the internet.
resource "aws_default_vpc" "main" {}

resource "aws_subnet" "public" {
  vpc_id                  = aws_default_vpc.main.id
  cidr_block              = "172.31.200.0/24"
  availability_zone       = "eu-west-1a"
  map_public_ip_on_launch = true
}
