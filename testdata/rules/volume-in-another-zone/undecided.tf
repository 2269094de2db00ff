# The subnet is a variable, and so is the zone of the volume: they may be one zone or two.
# undecided: HA112
variable "subnet_id" {
  type = string
}

variable "zone" {
  type = string
}

variable "image_id" {
  type = string
}

resource "aws_instance" "server" {
  ami           = var.image_id
  instance_type = "m7g.large"
  subnet_id     = var.subnet_id
}

resource "aws_ebs_volume" "data" {
  availability_zone = var.zone
  size              = 200
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.server.id
  volume_id   = aws_ebs_volume.data.id
}
