# What whoever applies this gets without saying anything is one zone; the finding names the default.
variable "availability_zones" {
  type    = list(string)
  default = ["eu-central-1a"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "database" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = element(var.availability_zones, count.index) # expect: HA101 Both isolated subnets of aws_vpc.main stand in eu-central-1a
}
