# How many nodes there are is decided when this is deployed.
# undecided: HA114
variable "nodes" {
  type = number
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.m7g.large"
  num_cache_nodes = var.nodes
}
