# Which cluster these instances join is for who deploys to say.
# undecided: HA102
variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

variable "joined" {
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

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_launch_template" "nodes" {
  image_id      = var.image_id
  instance_type = "t3.large"
  user_data     = <<-EOT
    #!/bin/bash
    echo ECS_CLUSTER=${var.joined} >> /etc/ecs/ecs.config
  EOT
}

resource "aws_autoscaling_group" "nodes" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]
  launch_template {
    id      = aws_launch_template.nodes.id
    version = "1"
  }
}

resource "aws_lb" "main" {
  subnets = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"
}

resource "aws_lb_listener" "main" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = "web"
  desired_count   = 4
  load_balancer {
    container_name   = "web"
    container_port   = 80
    target_group_arn = aws_lb_target_group.web.arn
  }
}
