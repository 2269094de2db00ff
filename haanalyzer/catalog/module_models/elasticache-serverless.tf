variable "create" { default = true }
variable "cache_name" { default = null }
variable "engine" { default = "redis" }
variable "subnet_ids" { default = [] }
variable "security_group_ids" { default = [] }
variable "snapshot_retention_limit" { default = null }
variable "tags" { default = {} }

resource "aws_elasticache_serverless_cache" "this" {
  count                    = var.create ? 1 : 0
  name                     = var.cache_name
  engine                   = var.engine
  subnet_ids               = var.subnet_ids
  security_group_ids       = var.security_group_ids
  snapshot_retention_limit = var.snapshot_retention_limit
  tags                     = var.tags
}

output "serverless_cache_arn" { value = try(aws_elasticache_serverless_cache.this[0].arn, null) }
output "serverless_cache_endpoint" { value = try(aws_elasticache_serverless_cache.this[0].endpoint, null) }
