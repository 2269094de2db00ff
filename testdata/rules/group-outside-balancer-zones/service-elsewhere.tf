# The tasks stand on instances of a cluster that is declared elsewhere.
# undecided: HA109
variable "cluster" {
  type = string
}

variable "vpc_id" {
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

resource "aws_lb" "web" {
  subnets = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = var.cluster
  task_definition = "web"
  desired_count   = 2

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}
