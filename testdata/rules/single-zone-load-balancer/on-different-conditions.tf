# There may be a load balancer without servers; where there are any, they are in all of its zones.
variable "vpc_id" { type = string }
variable "image_id" { type = string }
variable "web" { type = bool }
variable "workers" { type = bool }

data "aws_availability_zones" "all" { state = "available" }

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.all.names[0]
}

resource "aws_subnet" "b" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.all.names[1]
}

resource "aws_lb" "balancer" {
  count   = var.web ? 1 : 0
  subnets = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lb_target_group" "targets" {
  count    = var.web ? 1 : 0
  port     = 80
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}

resource "aws_lb_listener" "listener" {
  count             = !var.web ? 0 : 1
  load_balancer_arn = aws_lb.balancer[0].arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.targets[0].arn
  }
}

resource "aws_launch_template" "servers" {
  image_id      = var.image_id
  instance_type = "t3.small"
}

resource "aws_autoscaling_group" "servers" {
  count               = var.workers ? 1 : 0
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
  target_group_arns   = [aws_lb_target_group.targets[0].arn]
  launch_template { id = aws_launch_template.servers.id }
}
