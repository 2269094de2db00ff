locals {
  template_tags = var.tags
}
