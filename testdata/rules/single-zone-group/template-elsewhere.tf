# The template is not declared here, but both groups name the same one.
variable "vpc_id" {
  type = string
}

variable "template_id" {
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

resource "aws_autoscaling_group" "nodes_a" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.a.id]

  launch_template {
    id = var.template_id
  }
}

resource "aws_autoscaling_group" "nodes_b" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.b.id]

  launch_template {
    id = var.template_id
  }
}
