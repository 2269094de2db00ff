provider "aws" {
  region = "eu-west-1"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_ebs_snapshot" "data" { # expect: HA501 aws_ebs_snapshot.data never leaves eu-west-1
  volume_id = aws_ebs_volume.data.id
}
