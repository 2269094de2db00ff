variable "create_table" { default = true }
variable "autoscaling_enabled" { default = false }
variable "ignore_changes_global_secondary_index" { default = false }
variable "name" { default = null }
variable "hash_key" { default = null }
variable "billing_mode" { default = "PAY_PER_REQUEST" }
variable "read_capacity" { default = null }
variable "write_capacity" { default = null }
variable "stream_enabled" { default = false }
variable "stream_view_type" { default = null }
variable "point_in_time_recovery_enabled" { default = false }
variable "deletion_protection_enabled" { default = null }
variable "replica_regions" { default = [] }
variable "autoscaling_read" { default = {} }
variable "autoscaling_write" { default = {} }
variable "autoscaling_indexes" { default = {} }
variable "autoscaling_defaults" { default = { target_value = 70 } }
variable "tags" { default = {} }
variable "region" { default = null }

locals {
  scaled   = var.create_table && var.autoscaling_enabled
  resource = "table/${try(aws_dynamodb_table.autoscaled[0].name, aws_dynamodb_table.autoscaled_gsi_ignore[0].name)}"
}

resource "aws_dynamodb_table" "this" {
  count                       = var.create_table && !var.autoscaling_enabled ? 1 : 0
  name                        = var.name
  hash_key                    = var.hash_key
  billing_mode                = var.billing_mode
  read_capacity               = var.read_capacity
  write_capacity              = var.write_capacity
  stream_enabled              = var.stream_enabled
  stream_view_type            = var.stream_view_type
  deletion_protection_enabled = var.deletion_protection_enabled
  region                      = var.region
  tags                        = merge(var.tags, { Name = var.name })

  point_in_time_recovery {
    enabled = var.point_in_time_recovery_enabled
  }

  dynamic "replica" {
    for_each = var.replica_regions

    content {
      region_name                 = replica.value.region_name
      point_in_time_recovery      = lookup(replica.value, "point_in_time_recovery", null)
      deletion_protection_enabled = lookup(replica.value, "deletion_protection_enabled", null)
    }
  }
}

resource "aws_dynamodb_table" "autoscaled" {
  count                       = local.scaled && !var.ignore_changes_global_secondary_index ? 1 : 0
  name                        = var.name
  hash_key                    = var.hash_key
  billing_mode                = var.billing_mode
  read_capacity               = var.read_capacity
  write_capacity              = var.write_capacity
  stream_enabled              = var.stream_enabled
  stream_view_type            = var.stream_view_type
  deletion_protection_enabled = var.deletion_protection_enabled
  region                      = var.region
  tags                        = merge(var.tags, { Name = var.name })

  point_in_time_recovery {
    enabled = var.point_in_time_recovery_enabled
  }

  dynamic "replica" {
    for_each = var.replica_regions

    content {
      region_name                 = replica.value.region_name
      point_in_time_recovery      = lookup(replica.value, "point_in_time_recovery", null)
      deletion_protection_enabled = lookup(replica.value, "deletion_protection_enabled", null)
    }
  }
}

resource "aws_dynamodb_table" "autoscaled_gsi_ignore" {
  count                       = local.scaled && var.ignore_changes_global_secondary_index ? 1 : 0
  name                        = var.name
  hash_key                    = var.hash_key
  billing_mode                = var.billing_mode
  read_capacity               = var.read_capacity
  write_capacity              = var.write_capacity
  stream_enabled              = var.stream_enabled
  stream_view_type            = var.stream_view_type
  deletion_protection_enabled = var.deletion_protection_enabled
  region                      = var.region
  tags                        = merge(var.tags, { Name = var.name })

  point_in_time_recovery {
    enabled = var.point_in_time_recovery_enabled
  }

  dynamic "replica" {
    for_each = var.replica_regions

    content {
      region_name                 = replica.value.region_name
      point_in_time_recovery      = lookup(replica.value, "point_in_time_recovery", null)
      deletion_protection_enabled = lookup(replica.value, "deletion_protection_enabled", null)
    }
  }
}

resource "aws_appautoscaling_target" "table_read" {
  count              = local.scaled && length(var.autoscaling_read) > 0 ? 1 : 0
  resource_id        = local.resource
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  service_namespace  = "dynamodb"
  min_capacity       = var.read_capacity
  max_capacity       = var.autoscaling_read["max_capacity"]
}

resource "aws_appautoscaling_policy" "table_read_policy" {
  count              = local.scaled && length(var.autoscaling_read) > 0 ? 1 : 0
  name               = "DynamoDBReadCapacityUtilization:${local.resource}"
  policy_type        = "TargetTrackingScaling"
  resource_id        = local.resource
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  service_namespace  = "dynamodb"

  target_tracking_scaling_policy_configuration {
    target_value = lookup(var.autoscaling_read, "target_value", var.autoscaling_defaults["target_value"])
  }
}

resource "aws_appautoscaling_target" "table_write" {
  count              = local.scaled && length(var.autoscaling_write) > 0 ? 1 : 0
  resource_id        = local.resource
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  service_namespace  = "dynamodb"
  min_capacity       = var.write_capacity
  max_capacity       = var.autoscaling_write["max_capacity"]
}

resource "aws_appautoscaling_policy" "table_write_policy" {
  count              = local.scaled && length(var.autoscaling_write) > 0 ? 1 : 0
  name               = "DynamoDBWriteCapacityUtilization:${local.resource}"
  policy_type        = "TargetTrackingScaling"
  resource_id        = local.resource
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  service_namespace  = "dynamodb"

  target_tracking_scaling_policy_configuration {
    target_value = lookup(var.autoscaling_write, "target_value", var.autoscaling_defaults["target_value"])
  }
}

resource "aws_appautoscaling_target" "index_read" {
  for_each           = local.scaled ? var.autoscaling_indexes : {}
  resource_id        = "${local.resource}/index/${each.key}"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  service_namespace  = "dynamodb"
  min_capacity       = each.value["read_min_capacity"]
  max_capacity       = each.value["read_max_capacity"]
}

resource "aws_appautoscaling_policy" "index_read_policy" {
  for_each           = local.scaled ? var.autoscaling_indexes : {}
  name               = "DynamoDBReadCapacityUtilization:${local.resource}/index/${each.key}"
  policy_type        = "TargetTrackingScaling"
  resource_id        = "${local.resource}/index/${each.key}"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  service_namespace  = "dynamodb"

  target_tracking_scaling_policy_configuration {
    target_value = merge(var.autoscaling_defaults, each.value)["target_value"]
  }
}

resource "aws_appautoscaling_target" "index_write" {
  for_each           = local.scaled ? var.autoscaling_indexes : {}
  resource_id        = "${local.resource}/index/${each.key}"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  service_namespace  = "dynamodb"
  min_capacity       = each.value["write_min_capacity"]
  max_capacity       = each.value["write_max_capacity"]
}

resource "aws_appautoscaling_policy" "index_write_policy" {
  for_each           = local.scaled ? var.autoscaling_indexes : {}
  name               = "DynamoDBWriteCapacityUtilization:${local.resource}/index/${each.key}"
  policy_type        = "TargetTrackingScaling"
  resource_id        = "${local.resource}/index/${each.key}"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  service_namespace  = "dynamodb"

  target_tracking_scaling_policy_configuration {
    target_value = merge(var.autoscaling_defaults, each.value)["target_value"]
  }
}

output "dynamodb_table_arn" {
  value = try(aws_dynamodb_table.this[0].arn, aws_dynamodb_table.autoscaled[0].arn, aws_dynamodb_table.autoscaled_gsi_ignore[0].arn, "")
}

output "dynamodb_table_id" {
  value = try(aws_dynamodb_table.this[0].id, aws_dynamodb_table.autoscaled[0].id, aws_dynamodb_table.autoscaled_gsi_ignore[0].id, "")
}

output "dynamodb_table_stream_arn" {
  value = try(aws_dynamodb_table.this[0].stream_arn, aws_dynamodb_table.autoscaled[0].stream_arn, aws_dynamodb_table.autoscaled_gsi_ignore[0].stream_arn, "")
}

output "dynamodb_table_stream_label" {
  value = try(aws_dynamodb_table.this[0].stream_label, aws_dynamodb_table.autoscaled[0].stream_label, aws_dynamodb_table.autoscaled_gsi_ignore[0].stream_label, "")
}
