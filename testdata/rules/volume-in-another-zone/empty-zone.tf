# An empty text names no zone: AWS chooses one.
resource "aws_instance" "web" {
  ami               = "ami-0abcdef1234567890"
  instance_type     = "t3.micro"
  availability_zone = "eu-west-1a"
}

resource "aws_ebs_volume" "data" {
  availability_zone = ""
  size              = 10
}

resource "aws_volume_attachment" "data" { # undecided: HA112
  device_name = "/dev/sdf"
  instance_id = aws_instance.web.id
  volume_id   = aws_ebs_volume.data.id
}
