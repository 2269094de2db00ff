variable "disable_v7_default_name_description" { default = false }

locals {
  default_weight = 1
  group_name     = coalesce(var.security_group_name, "${var.name}${var.disable_v7_default_name_description ? "" : "-service"}")
}
