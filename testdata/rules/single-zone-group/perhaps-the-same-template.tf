# Two parameters may name the same launch template.
# undecided: HA108
# undecided: HA108
variable "vpc_id" {
  type = string
}

variable "template_a" {
  type = string
}

variable "template_b" {
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
    id = var.template_a
  }
}

resource "aws_autoscaling_group" "nodes_b" {
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.b.id]

  launch_template {
    id = var.template_b
  }
}
