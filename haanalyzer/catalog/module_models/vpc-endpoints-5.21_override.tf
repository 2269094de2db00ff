resource "aws_vpc_endpoint" "this" {
  dynamic "subnet_configuration" {
    for_each = try(each.value.subnet_configurations, [])

    content {
      subnet_id = try(subnet_configuration.value.subnet_id, null)
    }
  }
}
