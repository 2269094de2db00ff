# Two of one image and size in two zones, which may be a pair; and one of another size, which is alone.
# undecided: HA307
# undecided: HA307
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

resource "aws_subnet" "b" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_instance" "directory_a" {
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.a.id
}

resource "aws_instance" "directory_b" {
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.b.id
}

resource "aws_instance" "build" { # expect: HA307 is a single instance: no group replaces it, and it shares its work with no other
  ami           = var.image_id
  instance_type = "c7i.large"
  subnet_id     = aws_subnet.a.id
}
