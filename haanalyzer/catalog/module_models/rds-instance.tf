variable "create" { default = true }
variable "identifier" {}
variable "use_identifier_prefix" { default = false }
variable "engine" { default = null }
variable "instance_class" { default = null }
variable "allocated_storage" { default = null }
variable "max_allocated_storage" { default = 0 }
variable "db_name" { default = null }
variable "username" { default = null }
variable "port" { default = null }
variable "vpc_security_group_ids" { default = [] }
variable "db_subnet_group_name" { default = null }
variable "option_group_name" { default = null }
variable "availability_zone" { default = null }
variable "multi_az" { default = false }
variable "blue_green_update" { default = {} }
variable "snapshot_identifier" { default = null }
variable "skip_final_snapshot" { default = false }
variable "replicate_source_db" { default = null }
variable "restore_to_point_in_time" { default = null }
variable "backup_retention_period" { default = null }
variable "delete_automated_backups" { default = true }
variable "deletion_protection" { default = false }
variable "region" { default = null }
variable "tags" { default = {} }
variable "db_instance_tags" { default = {} }

locals {
  # An empty map in releases before 7, null from there on.
  has_blue_green_update = try(length(var.blue_green_update) > 0, false)
}

resource "aws_db_instance" "this" {
  count                    = var.create ? 1 : 0
  identifier               = var.use_identifier_prefix ? null : var.identifier
  engine                   = var.replicate_source_db == null ? var.engine : null
  instance_class           = var.instance_class
  allocated_storage        = var.allocated_storage
  max_allocated_storage    = var.max_allocated_storage
  db_name                  = var.db_name
  port                     = var.port
  vpc_security_group_ids   = var.vpc_security_group_ids
  db_subnet_group_name     = var.db_subnet_group_name
  option_group_name        = var.option_group_name
  availability_zone        = var.availability_zone
  multi_az                 = var.multi_az
  snapshot_identifier      = var.snapshot_identifier
  skip_final_snapshot      = var.skip_final_snapshot
  replicate_source_db      = var.replicate_source_db
  backup_retention_period  = local.has_blue_green_update ? coalesce(var.backup_retention_period, 1) : var.backup_retention_period
  delete_automated_backups = var.delete_automated_backups
  deletion_protection      = var.deletion_protection
  region                   = var.region
  tags                     = merge(var.tags, var.db_instance_tags)

  dynamic "restore_to_point_in_time" {
    for_each = var.restore_to_point_in_time == null ? [] : [var.restore_to_point_in_time]

    content {
      restore_time                             = try(restore_to_point_in_time.value.restore_time, null)
      source_db_instance_automated_backups_arn = try(restore_to_point_in_time.value.source_db_instance_automated_backups_arn, null)
      source_db_instance_identifier            = try(restore_to_point_in_time.value.source_db_instance_identifier, null)
      source_dbi_resource_id                   = try(restore_to_point_in_time.value.source_dbi_resource_id, null)
      use_latest_restorable_time               = try(restore_to_point_in_time.value.use_latest_restorable_time, null)
    }
  }
}

output "db_instance_address" { value = try(aws_db_instance.this[0].address, null) }
output "db_instance_arn" { value = try(aws_db_instance.this[0].arn, null) }
output "db_instance_availability_zone" { value = try(aws_db_instance.this[0].availability_zone, null) }
output "db_instance_endpoint" { value = try(aws_db_instance.this[0].endpoint, null) }
output "db_instance_engine" { value = try(aws_db_instance.this[0].engine, null) }
output "db_instance_id" { value = try(aws_db_instance.this[0].id, null) }
output "db_instance_identifier" { value = try(aws_db_instance.this[0].identifier, null) }
output "db_instance_resource_id" { value = try(aws_db_instance.this[0].resource_id, null) }
output "db_instance_name" { value = try(aws_db_instance.this[0].db_name, null) }
output "db_instance_port" { value = try(aws_db_instance.this[0].port, null) }
