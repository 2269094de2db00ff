# Three tasks in two zones.
variable "vpc_id" {
  type = string
}

variable "task_definition" {
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

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = var.task_definition
  launch_type     = "FARGATE"
  desired_count   = 3 # expect: HA301 keeps at least 3 tasks in 2 zones: the loss of one zone leaves 1 of them

  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
}
