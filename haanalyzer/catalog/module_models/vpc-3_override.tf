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
