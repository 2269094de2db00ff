# The policy makes snapshots of the instance that the volume is attached to.
variable "image_id" {
  type = string
}

resource "aws_dlm_lifecycle_policy" "snapshots" {
  description        = "Snapshots of what asks for them"
  execution_role_arn = "arn:aws:iam::111122223333:role/snapshots"

  policy_details {
    resource_types = ["INSTANCE"]

    target_tags = {
      Backup = "nightly"
    }

    schedule {
      name = "nightly"

      create_rule {
        interval = 24
      }

      retain_rule {
        count = 7
      }
    }
  }
}

resource "aws_instance" "server" {
  ami               = var.image_id
  instance_type     = "m7g.large"
  availability_zone = "eu-west-1a"

  tags = {
    Backup = "nightly"
  }
}

resource "aws_volume_attachment" "documents" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.server.id
  volume_id   = aws_ebs_volume.documents.id
}

resource "aws_ebs_volume" "documents" {
  availability_zone = "eu-west-1a"
  size              = 200
}
