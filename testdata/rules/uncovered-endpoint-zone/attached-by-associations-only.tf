# Each subnet has an association of its own, but that of the second zone is missing.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count = 2

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_vpc_endpoint" "queue" { # expect: HA106 aws_vpc_endpoint.queue has network interfaces in eu-west-1a only, but aws_subnet.app[1] is in eu-west-1b
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_subnet_association" "queue" {
  vpc_endpoint_id = aws_vpc_endpoint.queue.id
  subnet_id       = aws_subnet.app[0].id
}
