variable "autoscaling_capacity_providers" { default = null }

locals {
  default_weight    = null
  providers         = var.autoscaling_capacity_providers == null ? {} : var.autoscaling_capacity_providers
  group_providers   = local.providers
  cluster_providers = distinct(concat(
    [for key, strategy in coalesce(var.default_capacity_provider_strategy, {}) : coalesce(try(strategy.name, null), key)],
    [for key, provider in local.providers : coalesce(try(provider.name, null), key)],
  ))
}

output "autoscaling_capacity_providers" { value = aws_ecs_capacity_provider.this }
