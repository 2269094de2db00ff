# One bastion.
variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_instance" "bastion" { # expect: HA307 is a single instance: no group replaces it, and it shares its work with no other
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.a.id
}
