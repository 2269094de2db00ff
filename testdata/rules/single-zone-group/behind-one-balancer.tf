# Two groups in two zones share a target group.
variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}

resource "aws_launch_template" "blue" {
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "blue" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.web.arn]

  launch_template {
    id = aws_launch_template.blue.id
  }
}

resource "aws_launch_template" "green" {
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "green" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.b.id]
  target_group_arns   = [aws_lb_target_group.web.arn]

  launch_template {
    id = aws_launch_template.green.id
  }
}
