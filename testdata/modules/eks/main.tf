provider "aws" {
  region = "eu-west-1"
}

locals {
  tags = { Environment = "production" }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "nodes" {
  for_each          = { a = 0, b = 1, c = 2 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "eu-west-1${each.key}"
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, each.value)
}

resource "aws_security_group" "bastion" {
  vpc_id = aws_vpc.main.id
}

module "managed" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 21.0"

  name               = "managed"
  kubernetes_version = "1.33"
  vpc_id             = aws_vpc.main.id
  subnet_ids         = values(aws_subnet.nodes)[*].id

  security_group_additional_rules = {
    bastion = { from_port = "443", to_port = "443", source_security_group_id = aws_security_group.bastion.id }
  }
  node_security_group_additional_rules = {
    nodes    = { protocol = "-1", from_port = 0, to_port = 0, self = true }
    cluster  = { from_port = 15017, to_port = 15017, source_cluster_security_group = true }
    internet = { type = "egress", from_port = 443, to_port = 443, cidr_blocks = ["0.0.0.0/0"] }
  }

  eks_managed_node_groups = {
    general = {
      instance_types = ["m6i.large"]
      min_size       = 2
      max_size       = 6
      desired_size   = 2
      labels         = { role = "general" }
      taints = {
        reserved = { key = "reserved", value = "yes", effect = "NO_SCHEDULE" }
      }
    }
    spot = {
      name                   = "burst"
      capacity_type          = "SPOT"
      subnet_ids             = [aws_subnet.nodes["a"].id]
      vpc_security_group_ids = [aws_security_group.bastion.id]
      block_device_mappings = {
        root = { device_name = "/dev/xvda", ebs = { volume_size = 100, volume_type = "gp3" } }
      }
      security_group_ingress_rules = {
        ssh  = { from_port = 22, referenced_security_group_id = aws_security_group.bastion.id }
        self = { ip_protocol = "-1", self = true }
      }
      security_group_egress_rules = {
        all = { ip_protocol = "-1", cidr_ipv4 = "0.0.0.0/0" }
      }
      tags = { Team = "batch" }
    }
    accelerated = {
      instance_types                        = ["p5.48xlarge"]
      capacity_type                         = "CAPACITY_BLOCK"
      enable_efa_support                    = true
      instance_market_options               = { market_type = "capacity-block" }
      attach_cluster_primary_security_group = true
    }
    plain = { use_custom_launch_template = false }
  }

  fargate_profiles = {
    system = { selectors = [{ namespace = "kube-system" }] }
  }

  tags = local.tags
}

module "self_managed" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.15.1"

  name       = "self-managed"
  vpc_id     = aws_vpc.main.id
  subnet_ids = values(aws_subnet.nodes)[*].id
  ip_family  = "ipv6"

  node_security_group_enable_recommended_rules = false
  security_group_use_name_prefix               = false

  self_managed_node_groups = {
    one_zone = {
      subnet_ids        = [aws_subnet.nodes["a"].id]
      instance_type     = "m6i.xlarge"
      min_size          = "1"
      max_size          = "1"
      health_check_type = "EC2"
    }
    mixed = {
      min_size                   = 3
      max_size                   = 9
      desired_size               = 3
      ami_id                     = "ami-0123456789abcdef0"
      use_mixed_instances_policy = true
      mixed_instances_policy = {
        instances_distribution = { on_demand_base_capacity = 0, on_demand_percentage_above_base_capacity = 20 }
        launch_template = {
          override = [{ instance_type = "m5.large", weighted_capacity = "1" }, { instance_type = "m6i.large" }]
        }
      }
      placement              = { availability_zone = "eu-west-1a", group_name = "near" }
      network_interfaces     = [{ device_index = 0, security_groups = [aws_security_group.bastion.id] }]
      autoscaling_group_tags = { "k8s.io/cluster-autoscaler/enabled" = "true" }
      suspended_processes    = ["AZRebalance"]
    }
    requirements = {
      create_placement_group = true
      launch_template_name   = "flexible"
      instance_requirements  = { vcpu_count = { min = 2 } }
    }
    off = { create = false }
  }
}

module "existing_groups" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 21.0"

  name       = "existing"
  subnet_ids = values(aws_subnet.nodes)[*].id

  create_security_group      = false
  security_group_id          = aws_security_group.bastion.id
  create_node_security_group = false
  node_security_group_id     = module.managed.node_security_group_id

  eks_managed_node_groups = {
    default = {}
  }
}

module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "~> 21.0"

  cluster_name = module.managed.cluster_name
  tags         = local.tags
}

module "node_group" {
  source  = "terraform-aws-modules/eks/aws//modules/self-managed-node-group"
  version = "~> 21.0"

  name                              = "separate"
  cluster_name                      = "managed"
  subnet_ids                        = values(aws_subnet.nodes)[*].id
  vpc_security_group_ids            = [module.managed.node_security_group_id]
  cluster_primary_security_group_id = module.managed.cluster_primary_security_group_id
  min_size                          = null
  max_size                          = 4
  security_group_ingress_rules = {
    from = { from_port = 80, to_port = 81, cidr_ipv4 = "10.0.0.0/8", name = "web", tags = { Web = "yes" } }
  }
}

resource "aws_security_group_rule" "database" {
  type                     = "ingress"
  security_group_id        = aws_security_group.bastion.id
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = module.managed.node_security_group_id
}

resource "aws_autoscaling_schedule" "night" {
  for_each               = toset(module.self_managed.self_managed_node_groups_autoscaling_group_names)
  scheduled_action_name  = "night"
  autoscaling_group_name = each.value
  min_size               = 0
  recurrence             = "0 20 * * *"
}

resource "aws_autoscaling_group_tag" "label" {
  for_each               = module.managed.eks_managed_node_groups["general"].node_group_labels
  autoscaling_group_name = module.managed.eks_managed_node_groups["general"].node_group_autoscaling_group_names[0]

  tag {
    key                 = "k8s.io/cluster-autoscaler/node-template/label/${each.key}"
    value               = each.value
    propagate_at_launch = false
  }
}
