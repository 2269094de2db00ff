resource "aws_route" "private_dns64_nat_gateway" { count = 0 }
resource "aws_route" "database_dns64_nat_gateway" { count = 0 }
