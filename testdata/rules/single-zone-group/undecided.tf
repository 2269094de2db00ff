# Which subnets these are is decided when this is deployed.
# undecided: HA108
variable "image_id" {
  type = string
}

variable "private_subnets" {
  type = list(string)
}

resource "aws_launch_template" "web" {
  name_prefix   = "web-"
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = var.private_subnets

  launch_template {
    id = aws_launch_template.web.id
  }
}
