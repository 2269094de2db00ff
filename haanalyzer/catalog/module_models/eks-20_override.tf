resource "aws_security_group_rule" "node" {
  prefix_list_ids = try(each.value.prefix_list_ids, [])
}
