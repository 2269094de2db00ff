variable "autoscaling_capacity_providers" { default = null }

module "cluster" {
  source                             = "terraform-aws-modules/ecs/aws//modules/cluster"
  version                            = "~> 6.0"
  create                             = var.create
  name                               = var.cluster_name
  autoscaling_capacity_providers     = var.autoscaling_capacity_providers
  default_capacity_provider_strategy = var.default_capacity_provider_strategy
  region                             = var.region
  tags                               = merge(var.tags, var.cluster_tags)
}

output "autoscaling_capacity_providers" { value = module.cluster.autoscaling_capacity_providers }
