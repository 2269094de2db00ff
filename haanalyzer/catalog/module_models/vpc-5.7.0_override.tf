resource "aws_route" "private_ipv6_egress" { count = var.create_egress_only_igw && var.enable_ipv6 ? local.private : 0 }
