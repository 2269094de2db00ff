# Server and volume stand in the same Local Zone.
variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "us-west-2-lax-1a"
}

resource "aws_instance" "server" {
  ami           = var.image_id
  instance_type = "t3.medium"
  subnet_id     = aws_subnet.a.id
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-west-2-lax-1a"
  size              = 200
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.server.id
  volume_id   = aws_ebs_volume.data.id
}
