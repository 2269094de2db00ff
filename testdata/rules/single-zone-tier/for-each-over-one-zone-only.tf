locals {
  database_subnets = {
    first  = { zone = "eu-central-1a", cidr = "10.0.0.0/24" }
    second = { zone = "eu-central-1a", cidr = "10.0.1.0/24" }
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "database" {
  for_each          = local.database_subnets
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value.cidr
  availability_zone = each.value.zone # expect: HA101 Both isolated subnets of aws_vpc.main stand in eu-central-1a
}
