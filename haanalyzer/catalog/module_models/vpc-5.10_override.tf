resource "aws_route" "public_internet_gateway" { count = local.public > 0 && var.create_igw ? 1 : 0 }
resource "aws_route" "public_internet_gateway_ipv6" { count = local.public > 0 && var.create_igw && var.enable_ipv6 ? 1 : 0 }
