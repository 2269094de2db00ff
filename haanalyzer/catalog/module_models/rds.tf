variable "identifier" {}
variable "create_db_instance" { default = true }
variable "create_db_subnet_group" { default = false }
variable "create_db_option_group" { default = true }
variable "instance_use_identifier_prefix" { default = false }
variable "engine" { default = null }
variable "instance_class" { default = null }
variable "allocated_storage" { default = null }
variable "max_allocated_storage" { default = 0 }
variable "db_name" { default = null }
variable "username" { default = null }
variable "port" { default = null }
variable "vpc_security_group_ids" { default = [] }
variable "db_subnet_group_name" { default = null }
variable "db_subnet_group_use_name_prefix" { default = true }
variable "db_subnet_group_tags" { default = {} }
variable "subnet_ids" { default = [] }
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
  own_option_group = var.create_db_option_group && var.engine != "postgres"
}

module "db_subnet_group" {
  source          = "terraform-aws-modules/rds/aws//modules/db_subnet_group"
  create          = var.create_db_subnet_group
  name            = coalesce(var.db_subnet_group_name, var.identifier)
  use_name_prefix = var.db_subnet_group_use_name_prefix
  subnet_ids      = var.subnet_ids
  region          = var.region
  tags            = merge(var.tags, var.db_subnet_group_tags)
}

module "db_option_group" {
  source = "terraform-aws-modules/rds/aws//modules/db_option_group"
  create = local.own_option_group
}

module "db_instance" {
  source                   = "terraform-aws-modules/rds/aws//modules/db_instance"
  create                   = var.create_db_instance
  identifier               = var.identifier
  use_identifier_prefix    = var.instance_use_identifier_prefix
  engine                   = var.engine
  instance_class           = var.instance_class
  allocated_storage        = var.allocated_storage
  max_allocated_storage    = var.max_allocated_storage
  db_name                  = var.db_name
  username                 = var.username
  port                     = var.port
  vpc_security_group_ids   = var.vpc_security_group_ids
  db_subnet_group_name     = var.create_db_subnet_group ? module.db_subnet_group.db_subnet_group_id : var.db_subnet_group_name
  option_group_name        = var.engine == "postgres" ? null : local.own_option_group ? module.db_option_group.db_option_group_id : var.option_group_name
  availability_zone        = var.availability_zone
  multi_az                 = var.multi_az
  blue_green_update        = var.blue_green_update
  snapshot_identifier      = var.snapshot_identifier
  skip_final_snapshot      = var.skip_final_snapshot
  replicate_source_db      = var.replicate_source_db
  restore_to_point_in_time = var.restore_to_point_in_time
  backup_retention_period  = var.backup_retention_period
  delete_automated_backups = var.delete_automated_backups
  deletion_protection      = var.deletion_protection
  region                   = var.region
  tags                     = merge(var.tags, var.db_instance_tags)
}

output "db_instance_address" { value = module.db_instance.db_instance_address }
output "db_instance_arn" { value = module.db_instance.db_instance_arn }
output "db_instance_availability_zone" { value = module.db_instance.db_instance_availability_zone }
output "db_instance_endpoint" { value = module.db_instance.db_instance_endpoint }
output "db_instance_engine" { value = module.db_instance.db_instance_engine }
output "db_instance_id" { value = module.db_instance.db_instance_id }
output "db_instance_identifier" { value = module.db_instance.db_instance_identifier }
output "db_instance_resource_id" { value = module.db_instance.db_instance_resource_id }
output "db_instance_name" { value = module.db_instance.db_instance_name }
output "db_instance_port" { value = module.db_instance.db_instance_port }
output "db_subnet_group_id" { value = module.db_subnet_group.db_subnet_group_id }
output "db_subnet_group_arn" { value = module.db_subnet_group.db_subnet_group_arn }
output "db_option_group_id" { value = module.db_option_group.db_option_group_id }
