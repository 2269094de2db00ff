locals {
  default_weight = null
  group_name     = try(coalesce(var.security_group_name, var.name), "")
}
