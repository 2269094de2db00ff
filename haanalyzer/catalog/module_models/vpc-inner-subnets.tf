resource "aws_subnet" "database" {
  count                = local.database
  region               = var.region
  vpc_id               = local.vpc_id
  availability_zone    = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  availability_zone_id = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) == 0 ? element(var.azs, count.index) : null
  cidr_block           = var.database_subnet_ipv6_native ? null : element(concat(var.database_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.database_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.database_subnet_ipv6_prefixes[count.index]) : null

  tags = merge(
    { Name = try(var.database_subnet_names[count.index], "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.database_subnet_tags,
  )
}

locals {
  one_database_table    = var.single_nat_gateway || var.create_database_internet_gateway_route
  database_tables       = local.database == 0 || !var.create_database_subnet_route_table ? 0 : local.one_database_table ? 1 : local.database
  database_leads_to_nat = !var.create_database_internet_gateway_route && var.create_database_nat_gateway_route && var.enable_nat_gateway
  database_nat_routes   = local.database_tables > 0 && local.database_leads_to_nat ? var.single_nat_gateway ? 1 : local.database : 0
}

resource "aws_route_table" "database" {
  count  = local.database_tables
  region = var.region
  vpc_id = local.vpc_id

  tags = merge(
    { Name = !local.one_database_table ? "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.database_subnet_suffix}" },
    var.tags,
    var.database_route_table_tags,
  )
}

resource "aws_route_table_association" "database" {
  count          = local.database
  region         = var.region
  subnet_id      = element(aws_subnet.database[*].id, count.index)

  route_table_id = element(
    coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id),
    var.create_database_subnet_route_table && local.one_database_table ? 0 : count.index,
  )
}

resource "aws_db_subnet_group" "database" {
  count      = local.database > 0 && var.create_database_subnet_group ? 1 : 0
  region     = var.region
  name       = lower(coalesce(var.database_subnet_group_name, var.name))
  subnet_ids = aws_subnet.database[*].id
  tags       = merge({ Name = lower(coalesce(var.database_subnet_group_name, var.name)) }, var.tags, var.database_subnet_group_tags)
}

resource "aws_route" "database_internet_gateway" {
  count                  = local.database_tables > 0 && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route ? 1 : 0
  region                 = var.region
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count                  = local.database_nat_routes
  region                 = var.region
  route_table_id         = element(aws_route_table.database[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_dns64_nat_gateway" {
  count                       = var.enable_ipv6 && var.private_subnet_enable_dns64 ? local.database_nat_routes : 0
  region                      = var.region
  route_table_id              = element(aws_route_table.database[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_ipv6_egress" {
  count                       = local.database_tables > 0 && var.create_egress_only_igw && var.enable_ipv6 && var.create_database_internet_gateway_route ? 1 : 0
  region                      = var.region
  route_table_id              = aws_route_table.database[0].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_subnet" "redshift" {
  count                = local.redshift
  region               = var.region
  vpc_id               = local.vpc_id
  availability_zone    = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  availability_zone_id = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) == 0 ? element(var.azs, count.index) : null
  cidr_block           = var.redshift_subnet_ipv6_native ? null : element(concat(var.redshift_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.redshift_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.redshift_subnet_ipv6_prefixes[count.index]) : null

  tags = merge(
    { Name = try(var.redshift_subnet_names[count.index], "${var.name}-${var.redshift_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.redshift_subnet_tags,
  )
}

resource "aws_route_table" "redshift" {
  count  = local.redshift > 0 && var.create_redshift_subnet_route_table ? 1 : 0
  region = var.region
  vpc_id = local.vpc_id
  tags   = merge({ Name = "${var.name}-${var.redshift_subnet_suffix}" }, var.tags, var.redshift_route_table_tags)
}

resource "aws_route_table_association" "redshift" {
  count          = var.enable_public_redshift ? 0 : local.redshift
  region         = var.region
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)

  route_table_id = element(
    coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id),
    var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index,
  )
}

resource "aws_route_table_association" "redshift_public" {
  count          = var.enable_public_redshift ? local.redshift : 0
  region         = var.region
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)

  route_table_id = element(
    coalescelist(aws_route_table.redshift[*].id, aws_route_table.public[*].id),
    var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index,
  )
}

resource "aws_subnet" "elasticache" {
  count                = local.elasticache
  region               = var.region
  vpc_id               = local.vpc_id
  availability_zone    = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  availability_zone_id = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) == 0 ? element(var.azs, count.index) : null
  cidr_block           = var.elasticache_subnet_ipv6_native ? null : element(concat(var.elasticache_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.elasticache_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.elasticache_subnet_ipv6_prefixes[count.index]) : null

  tags = merge(
    { Name = try(var.elasticache_subnet_names[count.index], "${var.name}-${var.elasticache_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.elasticache_subnet_tags,
  )
}

resource "aws_route_table" "elasticache" {
  count  = local.elasticache > 0 && var.create_elasticache_subnet_route_table ? 1 : 0
  region = var.region
  vpc_id = local.vpc_id
  tags   = merge({ Name = "${var.name}-${var.elasticache_subnet_suffix}" }, var.tags, var.elasticache_route_table_tags)
}

resource "aws_route_table_association" "elasticache" {
  count          = local.elasticache
  region         = var.region
  subnet_id      = element(aws_subnet.elasticache[*].id, count.index)

  route_table_id = element(
    coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id),
    var.single_nat_gateway || var.create_elasticache_subnet_route_table ? 0 : count.index,
  )
}

resource "aws_elasticache_subnet_group" "elasticache" {
  count      = local.elasticache > 0 && var.create_elasticache_subnet_group ? 1 : 0
  region     = var.region
  name       = coalesce(var.elasticache_subnet_group_name, var.name)
  subnet_ids = aws_subnet.elasticache[*].id
  tags       = merge({ Name = coalesce(var.elasticache_subnet_group_name, var.name) }, var.tags, var.elasticache_subnet_group_tags)
}

resource "aws_subnet" "intra" {
  count                = local.intra
  region               = var.region
  vpc_id               = local.vpc_id
  availability_zone    = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  availability_zone_id = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) == 0 ? element(var.azs, count.index) : null
  cidr_block           = var.intra_subnet_ipv6_native ? null : element(concat(var.intra_subnets, [""]), count.index)
  ipv6_cidr_block      = var.enable_ipv6 && length(var.intra_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.intra_subnet_ipv6_prefixes[count.index]) : null

  tags = merge(
    { Name = try(var.intra_subnet_names[count.index], "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.intra_subnet_tags,
  )
}

resource "aws_route_table" "intra" {
  count  = local.intra > 0 ? local.intra_tables : 0
  region = var.region
  vpc_id = local.vpc_id

  tags = merge(
    { Name = var.create_multiple_intra_route_tables ? "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.intra_subnet_suffix}" },
    var.tags,
    var.intra_route_table_tags,
  )
}

resource "aws_route_table_association" "intra" {
  count          = local.intra
  region         = var.region
  subnet_id      = element(aws_subnet.intra[*].id, count.index)
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}

resource "aws_subnet" "outpost" {
  count             = local.outpost
  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = var.outpost_az
  outpost_arn       = var.outpost_arn
  cidr_block        = var.outpost_subnet_ipv6_native ? null : element(concat(var.outpost_subnets, [""]), count.index)
  ipv6_cidr_block   = var.enable_ipv6 && length(var.outpost_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.outpost_subnet_ipv6_prefixes[count.index]) : null

  tags = merge(
    { Name = try(var.outpost_subnet_names[count.index], format("${var.name}-${var.outpost_subnet_suffix}-%s", var.outpost_az)) },
    var.tags,
    var.outpost_subnet_tags,
  )
}

resource "aws_route_table_association" "outpost" {
  count          = local.outpost
  region         = var.region
  subnet_id      = element(aws_subnet.outpost[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}
