variable "cidr" { default = "0.0.0.0/0" }
variable "enable_dns_hostnames" { default = false }
variable "map_public_ip_on_launch" { default = true }
variable "default_vpc_enable_dns_hostnames" { default = false }
variable "manage_default_security_group" { default = false }
variable "manage_default_network_acl" { default = false }
variable "manage_default_route_table" { default = false }

locals {
  absent = ""

  public      = local.create ? length(var.public_subnets) : 0
  private     = local.create ? length(var.private_subnets) : 0
  database    = local.create ? length(var.database_subnets) : 0
  redshift    = local.create ? length(var.redshift_subnets) : 0
  elasticache = local.create ? length(var.elasticache_subnets) : 0
  intra       = local.create ? length(var.intra_subnets) : 0
  outpost     = local.create ? length(var.outpost_subnets) : 0

  longest = max(local.private, local.elasticache, local.database, local.redshift)
}

resource "aws_route_table" "private" { count = local.longest > 0 ? local.gateways : 0 }

resource "aws_default_security_group" "this" {
  tags = merge({ Name = coalesce(var.default_security_group_name, var.name) }, var.tags, var.default_security_group_tags)
}

resource "aws_default_network_acl" "this" {
  tags = merge({ Name = coalesce(var.default_network_acl_name, var.name) }, var.tags, var.default_network_acl_tags)
}

resource "aws_default_route_table" "default" {
  tags = merge({ Name = coalesce(var.default_route_table_name, var.name) }, var.tags, var.default_route_table_tags)
}
