locals {
  more_rules = {}
}

module "eks_managed_node_group" {
  version = "~> 19.12"
}

module "self_managed_node_group" {
  version = "~> 19.12"
}
