variable "create" { default = true }
variable "name" { default = "" }
variable "default_capacity_provider_strategy" {
  default  = null
  nullable = false
}
variable "region" { default = null }
variable "tags" { default = {} }

resource "aws_ecs_cluster" "this" {
  count  = var.create ? 1 : 0
  name   = var.name
  region = var.region
  tags   = var.tags
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  count              = var.create ? 1 : 0
  cluster_name       = aws_ecs_cluster.this[0].name
  capacity_providers = local.cluster_providers
  region             = var.region

  dynamic "default_capacity_provider_strategy" {
    for_each = var.default_capacity_provider_strategy == null ? {} : var.default_capacity_provider_strategy

    content {
      capacity_provider = coalesce(try(default_capacity_provider_strategy.value.name, null), default_capacity_provider_strategy.key)
      base              = try(default_capacity_provider_strategy.value.base, null)
      weight            = try(coalesce(try(default_capacity_provider_strategy.value.weight, null), local.default_weight), null)
    }
  }
}

resource "aws_ecs_capacity_provider" "this" {
  for_each = var.create ? local.providers : {}
  name     = coalesce(try(each.value.name, null), each.key)
  region   = var.region
  tags     = merge(var.tags, try(coalesce(each.value.tags, {}), {}))

  dynamic "auto_scaling_group_provider" {
    for_each = [for provider in [local.group_providers[each.key]] : provider if provider != null]

    content {
      auto_scaling_group_arn = auto_scaling_group_provider.value.auto_scaling_group_arn
      managed_termination_protection = (
        try(auto_scaling_group_provider.value.managed_scaling, null) == null
        ? "DISABLED"
        : try(auto_scaling_group_provider.value.managed_termination_protection, null)
      )

      dynamic "managed_scaling" {
        for_each = [for scaling in [try(auto_scaling_group_provider.value.managed_scaling, null)] : scaling if scaling != null]

        content {
          status = try(managed_scaling.value.status, null)
        }
      }
    }
  }

  dynamic "managed_instances_provider" {
    for_each = [for provider in [try(each.value.managed_instances_provider, null)] : provider if provider != null]

    content {
      instance_launch_template {
        network_configuration {
          subnets = try(managed_instances_provider.value.instance_launch_template.network_configuration.subnets, null)
        }
      }
    }
  }
}

output "arn" { value = try(aws_ecs_cluster.this[0].arn, null) }
output "id" { value = try(aws_ecs_cluster.this[0].id, null) }
output "name" { value = try(aws_ecs_cluster.this[0].name, null) }
