variable "create" { default = true }
variable "create_cluster" { default = false }
variable "create_replication_group" { default = true }
variable "create_primary_global_replication_group" { default = false }
variable "create_secondary_global_replication_group" { default = false }
variable "create_parameter_group" { default = false }
variable "create_subnet_group" { default = true }
variable "create_security_group" { default = true }
variable "cluster_id" { default = "" }
variable "replication_group_id" { default = null }
variable "global_replication_group_id" { default = null }
variable "engine" { default = "redis" }
variable "port" { default = null }
variable "az_mode" { default = null }
variable "availability_zone" { default = null }
variable "preferred_availability_zones" { default = [] }
variable "preferred_cache_cluster_azs" { default = [] }
variable "num_cache_nodes" { default = 1 }
variable "num_cache_clusters" { default = null }
variable "num_node_groups" { default = null }
variable "replicas_per_node_group" { default = null }
variable "cluster_mode" { default = null }
variable "cluster_mode_enabled" { default = false }
variable "automatic_failover_enabled" { default = null }
variable "multi_az_enabled" { default = false }
variable "parameter_group_name" { default = null }
variable "snapshot_retention_limit" { default = null }
variable "subnet_group_name" { default = null }
variable "subnet_ids" { default = [] }
variable "vpc_id" { default = null }
variable "security_group_ids" { default = [] }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_rules" { default = {} }
variable "security_group_tags" { default = {} }
variable "tags" { default = {} }

locals {
  is_member        = var.replication_group_id != null
  is_global        = var.create_primary_global_replication_group || var.create_secondary_global_replication_group
  own_groups       = var.create && var.create_security_group
  port             = var.engine == "memcached" ? 11211 : 6379
  security_groups  = concat(var.security_group_ids, local.own_groups ? [aws_security_group.this[0].id] : [])
  subnet_group     = var.create && var.create_subnet_group ? aws_elasticache_subnet_group.this[0].name : var.subnet_group_name
  parameter_group  = var.create && var.create_parameter_group ? aws_elasticache_parameter_group.this[0].id : var.parameter_group_name
  tags             = merge(var.tags, { terraform-aws-modules = "elasticache" })
  with_replication = var.create && var.create_replication_group
}

resource "aws_elasticache_cluster" "this" {
  count                        = var.create && var.create_cluster ? 1 : 0
  cluster_id                   = var.cluster_id
  replication_group_id         = local.with_replication ? aws_elasticache_replication_group.this[0].id : var.replication_group_id
  engine                       = local.is_member ? null : var.engine
  az_mode                      = local.is_member ? null : var.az_mode
  num_cache_nodes              = local.is_member ? null : var.num_cache_nodes
  availability_zone            = var.availability_zone
  preferred_availability_zones = var.preferred_availability_zones
  port                         = local.is_member ? null : coalesce(var.port, local.port)
  security_group_ids           = local.is_member ? null : local.security_groups
  snapshot_retention_limit     = local.is_member ? null : var.snapshot_retention_limit
  subnet_group_name            = local.is_member ? null : local.subnet_group
  tags                         = local.tags
}

resource "aws_elasticache_replication_group" "this" {
  count                       = local.with_replication && !local.is_global ? 1 : 0
  replication_group_id        = var.replication_group_id
  global_replication_group_id = var.global_replication_group_id
  engine                      = var.engine
  num_node_groups             = var.cluster_mode_enabled ? var.num_node_groups : null
  parameter_group_name        = local.parameter_group
  automatic_failover_enabled  = var.multi_az_enabled || var.cluster_mode_enabled ? true : var.automatic_failover_enabled
  cluster_mode                = var.cluster_mode
  multi_az_enabled            = var.multi_az_enabled
  num_cache_clusters          = var.cluster_mode_enabled ? null : var.num_cache_clusters
  replicas_per_node_group     = var.replicas_per_node_group
  preferred_cache_cluster_azs = var.preferred_cache_cluster_azs
  port                        = coalesce(var.port, local.port)
  security_group_ids          = local.security_groups
  snapshot_retention_limit    = var.snapshot_retention_limit
  subnet_group_name           = local.subnet_group
  tags                        = local.tags
}

resource "aws_elasticache_replication_group" "global" {
  count                       = local.with_replication && local.is_global ? 1 : 0
  replication_group_id        = var.replication_group_id
  global_replication_group_id = var.create_secondary_global_replication_group ? var.global_replication_group_id : null
  engine                      = var.create_secondary_global_replication_group ? null : var.engine
  num_node_groups             = var.cluster_mode_enabled && !var.create_secondary_global_replication_group ? var.num_node_groups : null
  parameter_group_name        = var.create_secondary_global_replication_group ? null : local.parameter_group
  automatic_failover_enabled  = var.multi_az_enabled || var.cluster_mode_enabled ? true : var.automatic_failover_enabled
  cluster_mode                = var.cluster_mode
  multi_az_enabled            = var.multi_az_enabled
  num_cache_clusters          = var.cluster_mode_enabled ? null : var.num_cache_clusters
  replicas_per_node_group     = var.replicas_per_node_group
  preferred_cache_cluster_azs = var.preferred_cache_cluster_azs
  port                        = coalesce(var.port, local.port)
  security_group_ids          = local.security_groups
  snapshot_retention_limit    = var.snapshot_retention_limit
  subnet_group_name           = local.subnet_group
  tags                        = local.tags
}

resource "aws_elasticache_global_replication_group" "this" {
  count                        = local.with_replication && var.create_primary_global_replication_group ? 1 : 0
  primary_replication_group_id = aws_elasticache_replication_group.global[0].id
}

resource "aws_elasticache_parameter_group" "this" {
  count = var.create && var.create_parameter_group ? 1 : 0
}

resource "aws_elasticache_subnet_group" "this" {
  count      = var.create && var.create_subnet_group ? 1 : 0
  name       = try(coalesce(var.subnet_group_name, var.cluster_id, var.replication_group_id), "")
  subnet_ids = var.subnet_ids
  tags       = local.tags
}

resource "aws_security_group" "this" {
  count  = local.own_groups ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : try(coalesce(var.security_group_name, var.cluster_id, var.replication_group_id), "")
  vpc_id = var.vpc_id
  tags   = merge(local.tags, var.security_group_tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = { for key, rule in var.security_group_rules : key => rule if local.own_groups && try(rule.type, "ingress") == "ingress" }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = try(each.value.ip_protocol, "tcp")
  from_port         = try(each.value.from_port, local.port)
  to_port           = try(each.value.to_port, local.port)
  cidr_ipv4         = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6         = lookup(each.value, "cidr_ipv6", null)
  prefix_list_id    = lookup(each.value, "prefix_list_id", null)
  tags              = merge(local.tags, var.security_group_tags, try(each.value.tags, {}))

  referenced_security_group_id = (
    lookup(each.value, "referenced_security_group_id", null) == "self"
    ? aws_security_group.this[0].id
    : lookup(each.value, "referenced_security_group_id", null)
  )
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each          = { for key, rule in var.security_group_rules : key => rule if local.own_groups && try(rule.type, "ingress") == "egress" }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = try(each.value.ip_protocol, "tcp")
  from_port         = try(each.value.from_port, null)
  to_port           = try(each.value.to_port, null)
  cidr_ipv4         = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6         = lookup(each.value, "cidr_ipv6", null)
  prefix_list_id    = lookup(each.value, "prefix_list_id", null)
  tags              = merge(local.tags, var.security_group_tags, try(each.value.tags, {}))

  referenced_security_group_id = (
    lookup(each.value, "referenced_security_group_id", null) == "self"
    ? aws_security_group.this[0].id
    : lookup(each.value, "referenced_security_group_id", null)
  )
}

output "cluster_arn" { value = try(aws_elasticache_cluster.this[0].arn, null) }
output "cluster_address" { value = try(aws_elasticache_cluster.this[0].cluster_address, null) }
output "subnet_group_name" { value = try(aws_elasticache_subnet_group.this[0].name, null) }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, null) }

output "replication_group_arn" {
  value = try(aws_elasticache_replication_group.this[0].arn, aws_elasticache_replication_group.global[0].arn, null)
}

output "replication_group_id" {
  value = try(aws_elasticache_replication_group.this[0].id, aws_elasticache_replication_group.global[0].id, null)
}

output "replication_group_member_clusters" {
  value = try(aws_elasticache_replication_group.this[0].member_clusters, aws_elasticache_replication_group.global[0].member_clusters, null)
}

output "replication_group_primary_endpoint_address" {
  value = try(aws_elasticache_replication_group.this[0].primary_endpoint_address, aws_elasticache_replication_group.global[0].primary_endpoint_address, null)
}

output "replication_group_reader_endpoint_address" {
  value = try(aws_elasticache_replication_group.this[0].reader_endpoint_address, aws_elasticache_replication_group.global[0].reader_endpoint_address, null)
}

output "replication_group_configuration_endpoint_address" {
  value = try(aws_elasticache_replication_group.this[0].configuration_endpoint_address, aws_elasticache_replication_group.global[0].configuration_endpoint_address, null)
}

output "replication_group_port" {
  value = try(aws_elasticache_replication_group.this[0].port, aws_elasticache_replication_group.global[0].port, null)
}

output "global_replication_group_id" { value = try(aws_elasticache_global_replication_group.this[0].id, null) }
output "global_replication_group_arn" { value = try(aws_elasticache_global_replication_group.this[0].arn, null) }
