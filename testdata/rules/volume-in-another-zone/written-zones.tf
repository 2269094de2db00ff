# The server names its zone itself.
variable "image_id" {
  type = string
}

resource "aws_instance" "server" {
  ami               = var.image_id
  instance_type     = "m7g.large"
  availability_zone = "eu-west-1a"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1b"
  size              = 200
}

resource "aws_volume_attachment" "data" { # expect: HA112 aws_ebs_volume.data is in eu-west-1b and cannot be attached to aws_instance.server in eu-west-1a
  device_name = "/dev/sdf"
  instance_id = aws_instance.server.id
  volume_id   = aws_ebs_volume.data.id
}
