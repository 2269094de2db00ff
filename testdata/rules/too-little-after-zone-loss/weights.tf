# With weights the sizes count no instances.
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

resource "aws_launch_template" "web" {
  name_prefix   = "web-"
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 9
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "batch" {
  min_size            = 3
  max_size            = 9
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.web.id
      }

      override {
        instance_type     = "m7g.large"
        weighted_capacity = "1"
      }

      override {
        instance_type     = "m7g.xlarge"
        weighted_capacity = "2"
      }
    }
  }
}
