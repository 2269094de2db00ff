locals {
  template_tags = var.tags
  instance_type = null
}
