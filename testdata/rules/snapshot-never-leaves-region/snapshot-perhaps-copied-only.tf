# undecided: HA501

variable "copies" {
  type = number
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "recovery"
  region = "eu-central-1"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}

resource "aws_ebs_snapshot_copy" "data" {
  count              = var.copies
  provider           = aws.recovery
  source_snapshot_id = aws_ebs_snapshot.data.id
  source_region      = "eu-west-1"
}
