# Which subnets these are is decided when this is deployed.
# undecided: HA113
variable "task_definition" {
  type = string
}

variable "subnets" {
  type = list(string)
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = var.task_definition
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = var.subnets
  }
}
