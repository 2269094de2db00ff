# A plan names its groups by tags.
# undecided: HA308
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
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscalingplans_scaling_plan" "main" {
  name = "main"

  application_source {
    tag_filter {
      key    = "team"
      values = ["shop"]
    }
  }

  scaling_instruction {
    resource_id        = "autoScalingGroup/web"
    scalable_dimension = "autoscaling:autoScalingGroup:DesiredCapacity"
    service_namespace  = "autoscaling"
    min_capacity       = 2
    max_capacity       = 6

    target_tracking_configuration {
      target_value = 60

      predefined_scaling_metric_specification {
        predefined_scaling_metric_type = "ASGAverageCPUUtilization"
      }
    }
  }
}
