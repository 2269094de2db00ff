# The server stands in the subnet beside the volume's zone, or in one that is not known.
# undecided: HA112
data "aws_availability_zones" "available" {
  state = "available"
}

variable "vpc_id" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "image_id" {
  type = string
}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_instance" "server" {
  ami           = var.image_id
  instance_type = "m7g.large"
  subnet_id     = var.subnet_id == "" ? aws_subnet.a.id : var.subnet_id
}

resource "aws_ebs_volume" "data" {
  availability_zone = data.aws_availability_zones.available.names[1]
  size              = 200
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.server.id
  volume_id   = aws_ebs_volume.data.id
}
