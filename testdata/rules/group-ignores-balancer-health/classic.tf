# Behind a Classic Load Balancer, with checks of volumes besides.
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

resource "aws_elb" "web" {
  subnets = [aws_subnet.a.id, aws_subnet.b.id]

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
  load_balancers      = [aws_elb.web.name]
  health_check_type   = "EC2,EBS" # expect: HA303 its health check type is EC2,EBS

  launch_template {
    id = aws_launch_template.web.id
  }
}
