# The same block in each zone, each group with a launch template of its own.
variable "image_id" {
  type = string
}

resource "aws_subnet" "private" {
  for_each = toset(["eu-west-1a", "eu-west-1b"])

  vpc_id            = var.vpc_id
  cidr_block        = each.key == "eu-west-1a" ? "10.0.0.0/24" : "10.0.1.0/24"
  availability_zone = each.key
}

resource "aws_launch_template" "nodes" {
  for_each = aws_subnet.private

  name_prefix   = "nodes-${each.key}-"
  image_id      = var.image_id
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "nodes" {
  for_each = aws_subnet.private

  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [each.value.id]

  launch_template {
    id = aws_launch_template.nodes[each.key].id
  }
}
