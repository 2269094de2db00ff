# Three of one block in three zones.
variable "image_id" {
  type = string
}

resource "aws_subnet" "nodes" {
  count = 3

  vpc_id            = var.vpc_id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b", "eu-west-1c"][count.index]
}

resource "aws_instance" "etcd" {
  count = 3

  ami           = var.image_id
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.nodes[count.index].id
}
