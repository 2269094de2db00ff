terraform {
  backend "s3" {
    bucket = "acme-states"
    key    = "network/terraform.tfstate"
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "batch" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "web" {
  for_each          = { a = 10, b = 11 }
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.${each.value}.0/24"
  availability_zone = "eu-west-1${each.key}"
}

output "subnets" {
  value = {
    batch = aws_subnet.batch[*].id
    web   = [for subnet in aws_subnet.web : subnet.id]
  }
}

output "fewest" {
  value = 2
}
