# In a Local Zone and on an Outpost a group has one subnet by design.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "los_angeles" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "us-west-2-lax-1a"
}

resource "aws_subnet" "outpost" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "us-west-2a"
  outpost_arn       = "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0"
}

resource "aws_db_subnet_group" "los_angeles" {
  name       = "los-angeles"
  subnet_ids = [aws_subnet.los_angeles.id]
}

resource "aws_db_subnet_group" "outpost" {
  name       = "outpost"
  subnet_ids = [aws_subnet.outpost.id]
}
