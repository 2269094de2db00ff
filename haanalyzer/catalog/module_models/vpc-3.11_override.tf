variable "default_security_group_name" { default = "default" }
variable "default_security_group_ingress" { default = null }
variable "default_security_group_egress" { default = null }
variable "default_network_acl_name" { default = "" }
variable "default_vpc_name" { default = "" }

resource "aws_default_vpc" "this" {
  tags = merge({ Name = var.default_vpc_name }, var.tags, var.default_vpc_tags)
}

resource "aws_default_security_group" "this" {
  tags = merge({ Name = var.default_security_group_name }, var.tags, var.default_security_group_tags)
}

resource "aws_default_network_acl" "this" {
  subnet_ids = setsubtract(
    compact(flatten([aws_subnet.public[*].id, aws_subnet.private[*].id, aws_subnet.database[*].id, aws_subnet.redshift[*].id, aws_subnet.elasticache[*].id, aws_subnet.intra[*].id, aws_subnet.outpost[*].id])),
    compact(flatten([aws_network_acl.public[*].subnet_ids, aws_network_acl.private[*].subnet_ids, aws_network_acl.database[*].subnet_ids, aws_network_acl.redshift[*].subnet_ids, aws_network_acl.elasticache[*].subnet_ids, aws_network_acl.intra[*].subnet_ids, aws_network_acl.outpost[*].subnet_ids])),
  )
  tags = merge({ Name = var.default_network_acl_name }, var.tags, var.default_network_acl_tags)
}

resource "aws_default_route_table" "default" {
  tags = merge({ Name = var.name }, var.tags, var.default_route_table_tags)
}
