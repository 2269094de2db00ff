variable "create_vpc" { default = true }
variable "region" { default = null }
variable "tags" {
  type    = map(string)
  default = {}
}
variable "name" { default = "" }
variable "cidr" { default = "10.0.0.0/16" }
variable "secondary_cidr_blocks" { default = [] }
variable "azs" { default = [] }
variable "use_ipam_pool" { default = false }
variable "enable_ipv6" { default = false }
variable "ipv6_cidr" { default = null }
variable "instance_tenancy" { default = "default" }
variable "enable_dns_hostnames" { default = true }
variable "enable_dns_support" { default = true }
variable "vpc_tags" { default = {} }

variable "public_subnets" { default = [] }
variable "public_subnet_ipv6_prefixes" { default = [] }
variable "public_subnet_ipv6_native" { default = false }
variable "public_subnet_names" { default = [] }
variable "public_subnet_suffix" { default = "public" }
variable "public_subnet_tags" { default = {} }
variable "public_subnet_tags_per_az" { default = {} }
variable "public_route_table_tags" { default = {} }
variable "map_public_ip_on_launch" { default = false }
variable "create_multiple_public_route_tables" { default = false }

variable "private_subnets" { default = [] }
variable "private_subnet_ipv6_prefixes" { default = [] }
variable "private_subnet_ipv6_native" { default = false }
variable "private_subnet_names" { default = [] }
variable "private_subnet_suffix" { default = "private" }
variable "private_subnet_tags" { default = {} }
variable "private_subnet_tags_per_az" { default = {} }
variable "private_route_table_tags" { default = {} }
variable "private_subnet_enable_dns64" { default = true }
variable "create_private_nat_gateway_route" { default = true }

variable "database_subnets" { default = [] }
variable "database_subnet_ipv6_prefixes" { default = [] }
variable "database_subnet_ipv6_native" { default = false }
variable "database_subnet_names" { default = [] }
variable "database_subnet_suffix" { default = "db" }
variable "database_subnet_tags" { default = {} }
variable "database_route_table_tags" { default = {} }
variable "create_database_subnet_route_table" { default = false }
variable "create_database_internet_gateway_route" { default = false }
variable "create_database_nat_gateway_route" { default = false }
variable "create_database_subnet_group" { default = true }
variable "database_subnet_group_name" { default = null }
variable "database_subnet_group_tags" { default = {} }

variable "redshift_subnets" { default = [] }
variable "redshift_subnet_ipv6_prefixes" { default = [] }
variable "redshift_subnet_ipv6_native" { default = false }
variable "redshift_subnet_names" { default = [] }
variable "redshift_subnet_suffix" { default = "redshift" }
variable "redshift_subnet_tags" { default = {} }
variable "redshift_route_table_tags" { default = {} }
variable "enable_public_redshift" { default = false }
variable "create_redshift_subnet_route_table" { default = false }

variable "elasticache_subnets" { default = [] }
variable "elasticache_subnet_ipv6_prefixes" { default = [] }
variable "elasticache_subnet_ipv6_native" { default = false }
variable "elasticache_subnet_names" { default = [] }
variable "elasticache_subnet_suffix" { default = "elasticache" }
variable "elasticache_subnet_tags" { default = {} }
variable "elasticache_route_table_tags" { default = {} }
variable "create_elasticache_subnet_route_table" { default = false }
variable "create_elasticache_subnet_group" { default = true }
variable "elasticache_subnet_group_name" { default = null }
variable "elasticache_subnet_group_tags" { default = {} }

variable "intra_subnets" { default = [] }
variable "intra_subnet_ipv6_prefixes" { default = [] }
variable "intra_subnet_ipv6_native" { default = false }
variable "intra_subnet_names" { default = [] }
variable "intra_subnet_suffix" { default = "intra" }
variable "intra_subnet_tags" { default = {} }
variable "intra_route_table_tags" { default = {} }
variable "create_multiple_intra_route_tables" { default = false }

variable "outpost_subnets" { default = [] }
variable "outpost_subnet_ipv6_prefixes" { default = [] }
variable "outpost_subnet_ipv6_native" { default = false }
variable "outpost_subnet_names" { default = [] }
variable "outpost_subnet_suffix" { default = "outpost" }
variable "outpost_subnet_tags" { default = {} }
variable "outpost_az" { default = null }
variable "outpost_arn" { default = null }

variable "create_igw" { default = true }
variable "create_egress_only_igw" { default = true }
variable "igw_tags" { default = {} }
variable "enable_nat_gateway" { default = false }
variable "nat_gateway_destination_cidr_block" { default = "0.0.0.0/0" }
variable "single_nat_gateway" { default = false }
variable "one_nat_gateway_per_az" { default = false }
variable "reuse_nat_ips" { default = false }
variable "external_nat_ip_ids" { default = [] }
variable "external_nat_ips" { default = [] }
variable "nat_gateway_tags" { default = {} }
variable "enable_vpn_gateway" { default = false }
variable "vpn_gateway_id" { default = "" }
variable "putin_khuylo" { default = true }
