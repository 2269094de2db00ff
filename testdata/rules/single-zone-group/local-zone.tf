# A Local Zone is no Availability Zone.
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

resource "aws_launch_template" "web" {
  name_prefix   = "web-"
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_subnet" "local" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.9.0/24"
  availability_zone = "us-west-2-lax-1a"
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.local.id] # expect: HA108 launches in Local and Wavelength Zones only

  launch_template {
    id = aws_launch_template.web.id
  }
}
