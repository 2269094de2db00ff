# Each volume lies in the zone of the server of the same number.
data "aws_availability_zones" "available" {
  state = "available"
}

variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

resource "aws_subnet" "private" {
  count = 2

  vpc_id            = var.vpc_id
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_instance" "server" {
  count = 2

  ami           = var.image_id
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private[count.index].id
}

resource "aws_ebs_volume" "data" {
  count = 2

  availability_zone = data.aws_availability_zones.available.names[count.index]
  size              = 200
}

resource "aws_volume_attachment" "data" {
  count = 2

  device_name = "/dev/sdf"
  instance_id = aws_instance.server[count.index].id
  volume_id   = aws_ebs_volume.data[count.index].id
}
