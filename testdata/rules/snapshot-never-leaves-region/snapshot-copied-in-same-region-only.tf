provider "aws" {
  region = "eu-west-1"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_ebs_snapshot" "data" { # expect: HA501 aws_ebs_snapshot.data never leaves eu-west-1; its copies stay
  volume_id = aws_ebs_volume.data.id
}

resource "aws_ebs_snapshot_copy" "data" {
  source_snapshot_id = aws_ebs_snapshot.data.id
  source_region      = "eu-west-1"
}
