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

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}

module "web" {
  source  = "terraform-aws-modules/autoscaling/aws"
  version = "~> 9.0"

  name                = "web"
  min_size            = 2
  max_size            = 6
  desired_capacity    = 2
  health_check_type   = "ELB"
  vpc_zone_identifier = aws_subnet.private[*].id
  image_id            = "ami-0123"
  instance_type       = "m6g.large"
  security_groups     = ["sg-0123"]
  tags                = { Environment = "production" }

  traffic_source_attachments = {
    web = { traffic_source_identifier = aws_lb_target_group.web.arn }
  }

  scaling_policies = {
    cpu    = { policy_type = "TargetTrackingScaling", target_tracking_configuration = { target_value = 50 } }
    remove = { scaling_adjustment = -1, adjustment_type = "ChangeInCapacity", cooldown = 300 }
  }

  schedules = {
    night = { min_size = 0, max_size = 0, desired_capacity = 0, recurrence = "0 18 * * 1-5" }
  }

  block_device_mappings = [{ device_name = "/dev/xvda", ebs = { volume_type = "gp3", delete_on_termination = true } }]
}

module "workers" {
  source  = "terraform-aws-modules/autoscaling/aws"
  version = "9.2.1"

  name                            = "workers"
  ignore_desired_capacity_changes = true
  min_size                        = 1
  max_size                        = 10
  availability_zones              = ["eu-west-1a"]
  image_id                        = "ami-0123"
  use_mixed_instances_policy      = true
  network_interfaces              = [{ device_index = 0, security_groups = ["sg-0123"], subnet_id = aws_subnet.private[0].id }]

  mixed_instances_policy = {
    instances_distribution = { on_demand_base_capacity = 1, on_demand_percentage_above_base_capacity = 0 }
    launch_template = {
      override = [{ instance_type = "m6g.large", weighted_capacity = "1" }, { instance_type = "m7g.large" }]
    }
  }
}

module "own_template" {
  source = "terraform-aws-modules/autoscaling/aws"

  name                   = "own"
  create_launch_template = false
  launch_template_id     = "lt-0123"
  min_size               = 2
  max_size               = 2
  vpc_zone_identifier    = aws_subnet.private[*].id
}
