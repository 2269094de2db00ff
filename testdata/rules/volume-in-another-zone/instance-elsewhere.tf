# The server is declared elsewhere.
# undecided: HA112
variable "server_id" {
  type = string
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 200
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  instance_id = var.server_id
  volume_id   = aws_ebs_volume.data.id
}
