module "eks_managed_node_group" {
  version = "20.16.0"
}
