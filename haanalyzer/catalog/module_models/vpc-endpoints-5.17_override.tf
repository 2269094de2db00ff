resource "aws_vpc_endpoint" "this" { tags = merge(var.tags, { Name = replace(each.key, ".", "-") }, try(each.value.tags, {})) }
