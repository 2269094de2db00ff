# The default is no subnet's id: whoever deploys this puts one id in its place, or several.
# undecided: HA108
variable "image_id" {
  type = string
}

variable "subnet_ids" {
  type    = list(string)
  default = ["YOUR_SUBNET_IDS"]
}

resource "aws_launch_template" "worker" {
  image_id      = var.image_id
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "worker" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = var.subnet_ids

  launch_template {
    id      = aws_launch_template.worker.id
    version = aws_launch_template.worker.latest_version
  }
}
