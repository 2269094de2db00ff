locals {
  absent = null
}

output "vpc_id" { value = try(aws_vpc.this[0].id, local.absent) }
output "vpc_arn" { value = try(aws_vpc.this[0].arn, local.absent) }
output "vpc_cidr_block" { value = try(aws_vpc.this[0].cidr_block, local.absent) }
output "default_security_group_id" { value = try(aws_vpc.this[0].default_security_group_id, local.absent) }
output "default_network_acl_id" { value = try(aws_vpc.this[0].default_network_acl_id, local.absent) }
output "default_route_table_id" { value = try(aws_vpc.this[0].default_route_table_id, local.absent) }
output "vpc_instance_tenancy" { value = try(aws_vpc.this[0].instance_tenancy, local.absent) }
output "vpc_enable_dns_support" { value = try(aws_vpc.this[0].enable_dns_support, local.absent) }
output "vpc_enable_dns_hostnames" { value = try(aws_vpc.this[0].enable_dns_hostnames, local.absent) }
output "vpc_main_route_table_id" { value = try(aws_vpc.this[0].main_route_table_id, local.absent) }
output "vpc_ipv6_association_id" { value = try(aws_vpc.this[0].ipv6_association_id, local.absent) }
output "vpc_ipv6_cidr_block" { value = try(aws_vpc.this[0].ipv6_cidr_block, local.absent) }
output "vpc_owner_id" { value = try(aws_vpc.this[0].owner_id, local.absent) }
output "vpc_secondary_cidr_blocks" { value = compact(aws_vpc_ipv4_cidr_block_association.this[*].cidr_block) }

output "public_subnet_objects" { value = aws_subnet.public }
output "public_subnets" { value = aws_subnet.public[*].id }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "public_subnets_cidr_blocks" { value = compact(aws_subnet.public[*].cidr_block) }
output "public_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.public[*].ipv6_cidr_block) }
output "public_network_acl_id" { value = try(aws_network_acl.public[0].id, local.absent) }
output "public_network_acl_arn" { value = try(aws_network_acl.public[0].arn, local.absent) }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "public_route_table_association_ids" { value = aws_route_table_association.public[*].id }
output "public_internet_gateway_route_id" { value = try(aws_route.public_internet_gateway[0].id, local.absent) }
output "public_internet_gateway_ipv6_route_id" { value = try(aws_route.public_internet_gateway_ipv6[0].id, local.absent) }

output "private_subnet_objects" { value = aws_subnet.private }
output "private_subnets" { value = aws_subnet.private[*].id }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "private_subnets_cidr_blocks" { value = compact(aws_subnet.private[*].cidr_block) }
output "private_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.private[*].ipv6_cidr_block) }
output "private_network_acl_id" { value = try(aws_network_acl.private[0].id, local.absent) }
output "private_network_acl_arn" { value = try(aws_network_acl.private[0].arn, local.absent) }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "private_route_table_association_ids" { value = aws_route_table_association.private[*].id }
output "private_nat_gateway_route_ids" { value = aws_route.private_nat_gateway[*].id }
output "private_ipv6_egress_route_ids" { value = aws_route.private_ipv6_egress[*].id }

output "database_subnet_objects" { value = aws_subnet.database }
output "database_subnets" { value = aws_subnet.database[*].id }
output "database_subnet_arns" { value = aws_subnet.database[*].arn }
output "database_subnets_cidr_blocks" { value = compact(aws_subnet.database[*].cidr_block) }
output "database_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.database[*].ipv6_cidr_block) }
output "database_network_acl_id" { value = try(aws_network_acl.database[0].id, local.absent) }
output "database_network_acl_arn" { value = try(aws_network_acl.database[0].arn, local.absent) }
output "database_route_table_ids" { value = length(aws_route_table.database[*].id) > 0 ? aws_route_table.database[*].id : aws_route_table.private[*].id }
output "database_route_table_association_ids" { value = aws_route_table_association.database[*].id }
output "database_subnet_group" { value = try(aws_db_subnet_group.database[0].id, local.absent) }
output "database_subnet_group_name" { value = try(aws_db_subnet_group.database[0].name, local.absent) }
output "database_internet_gateway_route_id" { value = try(aws_route.database_internet_gateway[0].id, local.absent) }
output "database_nat_gateway_route_ids" { value = aws_route.database_nat_gateway[*].id }
output "database_ipv6_egress_route_id" { value = try(aws_route.database_ipv6_egress[0].id, local.absent) }

output "redshift_subnet_objects" { value = aws_subnet.redshift }
output "redshift_subnets" { value = aws_subnet.redshift[*].id }
output "redshift_subnet_arns" { value = aws_subnet.redshift[*].arn }
output "redshift_subnets_cidr_blocks" { value = compact(aws_subnet.redshift[*].cidr_block) }
output "redshift_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.redshift[*].ipv6_cidr_block) }
output "redshift_network_acl_id" { value = try(aws_network_acl.redshift[0].id, local.absent) }
output "redshift_network_acl_arn" { value = try(aws_network_acl.redshift[0].arn, local.absent) }
output "redshift_route_table_ids" { value = length(aws_route_table.redshift[*].id) > 0 ? aws_route_table.redshift[*].id : var.enable_public_redshift ? aws_route_table.public[*].id : aws_route_table.private[*].id }
output "redshift_route_table_association_ids" { value = aws_route_table_association.redshift[*].id }
output "redshift_public_route_table_association_ids" { value = aws_route_table_association.redshift_public[*].id }

output "elasticache_subnet_objects" { value = aws_subnet.elasticache }
output "elasticache_subnets" { value = aws_subnet.elasticache[*].id }
output "elasticache_subnet_arns" { value = aws_subnet.elasticache[*].arn }
output "elasticache_subnets_cidr_blocks" { value = compact(aws_subnet.elasticache[*].cidr_block) }
output "elasticache_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.elasticache[*].ipv6_cidr_block) }
output "elasticache_network_acl_id" { value = try(aws_network_acl.elasticache[0].id, local.absent) }
output "elasticache_network_acl_arn" { value = try(aws_network_acl.elasticache[0].arn, local.absent) }
output "elasticache_route_table_ids" { value = try(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), []) }
output "elasticache_route_table_association_ids" { value = aws_route_table_association.elasticache[*].id }
output "elasticache_subnet_group" { value = try(aws_elasticache_subnet_group.elasticache[0].id, local.absent) }
output "elasticache_subnet_group_name" { value = try(aws_elasticache_subnet_group.elasticache[0].name, local.absent) }

output "intra_subnet_objects" { value = aws_subnet.intra }
output "intra_subnets" { value = aws_subnet.intra[*].id }
output "intra_subnet_arns" { value = aws_subnet.intra[*].arn }
output "intra_subnets_cidr_blocks" { value = compact(aws_subnet.intra[*].cidr_block) }
output "intra_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.intra[*].ipv6_cidr_block) }
output "intra_network_acl_id" { value = try(aws_network_acl.intra[0].id, local.absent) }
output "intra_network_acl_arn" { value = try(aws_network_acl.intra[0].arn, local.absent) }
output "intra_route_table_ids" { value = aws_route_table.intra[*].id }
output "intra_route_table_association_ids" { value = aws_route_table_association.intra[*].id }

output "outpost_subnet_objects" { value = aws_subnet.outpost }
output "outpost_subnets" { value = aws_subnet.outpost[*].id }
output "outpost_subnet_arns" { value = aws_subnet.outpost[*].arn }
output "outpost_subnets_cidr_blocks" { value = compact(aws_subnet.outpost[*].cidr_block) }
output "outpost_subnets_ipv6_cidr_blocks" { value = compact(aws_subnet.outpost[*].ipv6_cidr_block) }
output "outpost_network_acl_id" { value = try(aws_network_acl.outpost[0].id, local.absent) }
output "outpost_network_acl_arn" { value = try(aws_network_acl.outpost[0].arn, local.absent) }

output "igw_id" { value = try(aws_internet_gateway.this[0].id, local.absent) }
output "igw_arn" { value = try(aws_internet_gateway.this[0].arn, local.absent) }
output "egress_only_internet_gateway_id" { value = try(aws_egress_only_internet_gateway.this[0].id, local.absent) }
output "nat_ids" { value = var.reuse_nat_ips ? [] : aws_nat_gateway.this[*].allocation_id }
output "nat_public_ips" { value = var.reuse_nat_ips ? var.external_nat_ips : aws_nat_gateway.this[*].public_ip }
output "natgw_ids" { value = aws_nat_gateway.this[*].id }
output "natgw_interface_ids" { value = aws_nat_gateway.this[*].network_interface_id }
output "vgw_id" { value = try(aws_vpn_gateway.this[0].id, var.vpn_gateway_id == "" ? local.absent : var.vpn_gateway_id) }
output "vgw_arn" { value = try(aws_vpn_gateway.this[0].arn, local.absent) }

output "default_vpc_id" { value = try(aws_default_vpc.this[0].id, local.absent) }
output "default_vpc_arn" { value = try(aws_default_vpc.this[0].arn, local.absent) }
output "default_vpc_cidr_block" { value = try(aws_default_vpc.this[0].cidr_block, local.absent) }
output "default_vpc_default_security_group_id" { value = try(aws_default_vpc.this[0].default_security_group_id, local.absent) }
output "default_vpc_default_network_acl_id" { value = try(aws_default_vpc.this[0].default_network_acl_id, local.absent) }
output "default_vpc_default_route_table_id" { value = try(aws_default_vpc.this[0].default_route_table_id, local.absent) }
output "default_vpc_instance_tenancy" { value = try(aws_default_vpc.this[0].instance_tenancy, local.absent) }
output "default_vpc_enable_dns_support" { value = try(aws_default_vpc.this[0].enable_dns_support, local.absent) }
output "default_vpc_enable_dns_hostnames" { value = try(aws_default_vpc.this[0].enable_dns_hostnames, local.absent) }
output "default_vpc_main_route_table_id" { value = try(aws_default_vpc.this[0].main_route_table_id, local.absent) }

output "vpc_flow_log_id" { value = try(aws_flow_log.this[0].id, local.absent) }
output "vpc_flow_log_destination_arn" { value = local.flow_log_destination }
output "vpc_flow_log_destination_type" { value = var.flow_log_destination_type }
output "azs" { value = var.azs }
output "name" { value = var.name }
