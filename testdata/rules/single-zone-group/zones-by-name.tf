# A group of one that is to heal itself, given its zone by name.
variable "image_id" {
  type = string
}

resource "aws_launch_template" "web" {
  name_prefix   = "web-"
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "bastion" {
  min_size           = 1
  max_size           = 1
  availability_zones = ["eu-west-1a"] # expect: HA108 its only zone is eu-west-1a

  launch_template {
    id = aws_launch_template.web.id
  }
}
