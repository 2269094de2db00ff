variable "create" { default = true }
variable "create_db_subnet_group" { default = false }
variable "create_security_group" { default = true }
variable "name" { default = "" }
variable "cluster_use_name_prefix" { default = false }
variable "instances" {
  default  = {}
  nullable = false
}
variable "instances_use_identifier_prefix" { default = false }
variable "is_primary_cluster" { default = true }
variable "engine" { default = null }
variable "engine_mode" { default = "provisioned" }
variable "cluster_scalability_type" { default = null }
variable "port" { default = null }
variable "availability_zones" { default = null }
variable "database_name" { default = null }
variable "master_username" { default = null }
variable "global_cluster_identifier" { default = null }
variable "replication_source_identifier" { default = null }
variable "snapshot_identifier" { default = null }
variable "restore_to_point_in_time" { default = null }
variable "serverlessv2_scaling_configuration" { default = null }
variable "storage_type" { default = null }
variable "backtrack_window" { default = null }
variable "backup_retention_period" { default = null }
variable "delete_automated_backups" { default = null }
variable "deletion_protection" { default = null }
variable "skip_final_snapshot" { default = false }
variable "db_subnet_group_name" { default = "" }
variable "subnets" { default = [] }
variable "vpc_id" { default = "" }
variable "vpc_security_group_ids" { default = [] }
variable "security_group_name" { default = "" }
variable "security_group_use_name_prefix" { default = true }
variable "security_group_tags" { default = {} }
variable "autoscaling_enabled" { default = false }
variable "autoscaling_min_capacity" { default = 0 }
variable "autoscaling_max_capacity" { default = 2 }
variable "autoscaling_policy_name" { default = "target-metric" }
variable "autoscaling_target_cpu" { default = 70 }
variable "autoscaling_target_connections" { default = 700 }
variable "predefined_metric_type" { default = "RDSReaderAverageCPUUtilization" }
variable "region" { default = null }
variable "tags" { default = {} }
variable "cluster_tags" { default = {} }

locals {
  own_group     = var.create && var.create_security_group
  group_name    = try(coalesce(var.security_group_name, var.name), "")
  is_serverless = var.engine_mode == "serverless"
  is_scaled     = var.create && var.autoscaling_enabled && !local.is_serverless
  has_backtrack = contains(["aurora", "aurora-mysql"], var.engine) && !local.is_serverless
  port          = coalesce(var.port, contains(["aurora-postgresql", "postgres"], var.engine) ? 5432 : 3306)
  given_subnets = try(coalesce(var.db_subnet_group_name, var.name), "")
  subnet_group  = var.create_db_subnet_group ? try(aws_db_subnet_group.this[0].name, null) : local.given_subnets
}

resource "aws_db_subnet_group" "this" {
  count      = var.create && var.create_db_subnet_group ? 1 : 0
  name       = local.given_subnets
  subnet_ids = var.subnets
  region     = var.region
  tags       = var.tags
}

resource "aws_rds_cluster" "this" {
  count                         = var.create ? 1 : 0
  cluster_identifier            = var.cluster_use_name_prefix ? null : var.name
  engine                        = var.engine
  engine_mode                   = var.cluster_scalability_type == "limitless" ? "" : var.engine_mode
  cluster_scalability_type      = var.cluster_scalability_type
  db_cluster_instance_class     = local.cluster_class
  availability_zones            = var.availability_zones
  db_subnet_group_name          = local.subnet_group
  database_name                 = var.is_primary_cluster ? var.database_name : null
  master_username               = var.is_primary_cluster ? var.master_username : null
  port                          = local.port
  vpc_security_group_ids        = compact(concat(aws_security_group.this[*].id, var.vpc_security_group_ids))
  global_cluster_identifier     = var.global_cluster_identifier
  replication_source_identifier = var.replication_source_identifier
  snapshot_identifier           = var.snapshot_identifier
  storage_type                  = var.storage_type
  backtrack_window              = local.has_backtrack ? var.backtrack_window : 0
  backup_retention_period       = var.backup_retention_period
  delete_automated_backups      = var.delete_automated_backups
  deletion_protection           = var.deletion_protection
  skip_final_snapshot           = var.skip_final_snapshot
  region                        = var.region
  tags                          = merge(var.tags, var.cluster_tags)

  # What is not given is an empty map in releases before 10, null from there on.
  dynamic "restore_to_point_in_time" {
    for_each = try(length(var.restore_to_point_in_time) > 0, false) ? [var.restore_to_point_in_time] : []

    content {
      source_cluster_identifier  = try(restore_to_point_in_time.value.source_cluster_identifier, null)
      restore_to_time            = try(restore_to_point_in_time.value.restore_to_time, null)
      restore_type               = try(restore_to_point_in_time.value.restore_type, null)
      source_cluster_resource_id = try(restore_to_point_in_time.value.source_cluster_resource_id, null)
      use_latest_restorable_time = try(restore_to_point_in_time.value.use_latest_restorable_time, null)
    }
  }

  dynamic "serverlessv2_scaling_configuration" {
    for_each = (
      try(length(var.serverlessv2_scaling_configuration) > 0, false) && var.engine_mode == "provisioned"
      ? [var.serverlessv2_scaling_configuration]
      : []
    )

    content {
      min_capacity = try(serverlessv2_scaling_configuration.value.min_capacity, null)
      max_capacity = serverlessv2_scaling_configuration.value.max_capacity
    }
  }
}

resource "aws_rds_cluster_instance" "this" {
  for_each             = { for name, instance in var.instances : name => instance if var.create && !local.is_serverless }
  identifier           = var.instances_use_identifier_prefix ? null : coalesce(try(each.value.identifier, null), "${var.name}-${each.key}")
  cluster_identifier   = aws_rds_cluster.this[0].id
  engine               = var.engine
  instance_class       = try(coalesce(try(each.value.instance_class, null), local.instance_class), null)
  availability_zone    = try(each.value.availability_zone, null)
  db_subnet_group_name = local.subnet_group
  promotion_tier       = try(each.value.promotion_tier, null)
  region               = var.region
  tags                 = merge(var.tags, try(each.value.tags, {}))
}

resource "aws_appautoscaling_target" "this" {
  count              = local.is_scaled ? 1 : 0
  resource_id        = "cluster:${aws_rds_cluster.this[0].cluster_identifier}"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  service_namespace  = "rds"
  min_capacity       = var.autoscaling_min_capacity
  max_capacity       = var.autoscaling_max_capacity
  region             = var.region
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "this" {
  count              = local.is_scaled ? 1 : 0
  name               = var.autoscaling_policy_name
  policy_type        = "TargetTrackingScaling"
  resource_id        = "cluster:${aws_rds_cluster.this[0].cluster_identifier}"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  service_namespace  = "rds"
  region             = var.region

  target_tracking_scaling_policy_configuration {
    target_value = (
      var.predefined_metric_type == "RDSReaderAverageCPUUtilization"
      ? var.autoscaling_target_cpu
      : var.autoscaling_target_connections
    )
  }
}

resource "aws_security_group" "this" {
  count  = local.own_group ? 1 : 0
  name   = var.security_group_use_name_prefix ? null : local.group_name
  vpc_id = var.vpc_id
  region = var.region
  tags   = merge(var.tags, var.security_group_tags, { Name = local.group_name })
}

output "db_subnet_group_name" { value = local.subnet_group }
output "cluster_arn" { value = try(aws_rds_cluster.this[0].arn, null) }
output "cluster_id" { value = try(aws_rds_cluster.this[0].id, null) }
output "cluster_resource_id" { value = try(aws_rds_cluster.this[0].cluster_resource_id, null) }
output "cluster_members" { value = try(aws_rds_cluster.this[0].cluster_members, null) }
output "cluster_endpoint" { value = try(aws_rds_cluster.this[0].endpoint, null) }
output "cluster_reader_endpoint" { value = try(aws_rds_cluster.this[0].reader_endpoint, null) }
output "cluster_database_name" { value = var.database_name }
output "cluster_port" { value = try(aws_rds_cluster.this[0].port, null) }
output "cluster_instances" { value = aws_rds_cluster_instance.this }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
