provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_security_group" "balancer" {
  vpc_id = aws_vpc.main.id
}

resource "aws_lb_target_group" "web" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

module "shop" {
  source  = "terraform-aws-modules/ecs/aws"
  version = "~> 7.0"

  cluster_name = "shop"
  tags         = { Environment = "production" }

  default_capacity_provider_strategy = {
    FARGATE      = { weight = 1, base = 1 }
    FARGATE_SPOT = {}
  }

  services = {
    web = {
      desired_count            = 2
      autoscaling_min_capacity = 2
      autoscaling_max_capacity = 8
      subnet_ids               = aws_subnet.private[*].id
      load_balancer            = { web = { target_group_arn = aws_lb_target_group.web.arn, container_name = "web", container_port = 8080 } }
      container_definitions    = { web = { image = "web" } }

      deployment_circuit_breaker = { enable = true, rollback = true }
      security_group_ingress_rules = {
        balancer = { from_port = 8080, referenced_security_group_id = aws_security_group.balancer.id }
      }
      security_group_egress_rules = { all = { ip_protocol = "-1", cidr_ipv4 = "0.0.0.0/0" } }
    }
    agent = {
      scheduling_strategy   = "DAEMON"
      launch_type           = "EC2"
      network_mode          = "bridge"
      container_definitions = { agent = { image = "agent" } }
    }
  }
}

module "cluster" {
  source  = "terraform-aws-modules/ecs/aws//modules/cluster"
  version = "7.5.0"

  name = "jobs"
  capacity_providers = {
    spot = { auto_scaling_group_provider = { auto_scaling_group_arn = "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:x:autoScalingGroupName/spot", managed_scaling = { status = "ENABLED" }, managed_termination_protection = "ENABLED" } }
  }
}

module "jobs" {
  source = "terraform-aws-modules/ecs/aws//modules/service"

  name                           = "jobs"
  create_service                 = null
  launch_type                    = null
  network_mode                   = null
  cluster_arn                    = module.cluster.arn
  ignore_task_definition_changes = true
  enable_autoscaling             = false
  capacity_provider_strategy     = { spot = { capacity_provider = "spot", base = 1 } }
  ordered_placement_strategy     = [{ type = "spread", field = "attribute:ecs.availability-zone" }]
  subnet_ids                     = aws_subnet.private[*].id
  vpc_id                         = aws_vpc.main.id
  container_definitions          = { jobs = { image = "jobs" } }
}

module "none" {
  source = "terraform-aws-modules/ecs/aws"
  create = false
}
