# A Local Zone and a Wavelength Zone are extensions of the region, and no Availability Zones.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "region" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "us-west-2a" # expect: HA101 The only isolated subnet of aws_vpc.main outside Local and Wavelength Zones stands in us-west-2a
}

resource "aws_subnet" "los_angeles" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "us-west-2-lax-1a"
}

resource "aws_subnet" "las_vegas" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "us-west-2-wl1-las-wlz-1"
}
