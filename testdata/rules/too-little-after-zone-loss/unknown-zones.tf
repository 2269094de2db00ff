# How many zones the subnets stand in is not known here, and five might be enough in three.
# undecided: HA301
variable "image_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

resource "aws_launch_template" "web" {
  name_prefix   = "web-"
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 5
  max_size            = 9
  vpc_zone_identifier = var.subnets

  launch_template {
    id = aws_launch_template.web.id
  }
}
