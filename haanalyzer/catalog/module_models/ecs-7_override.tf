module "service" {
  version                             = "~> 7.0"
  disable_v7_default_name_description = var.disable_v7_default_name_description
}
