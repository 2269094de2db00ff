# Which engine it is, is decided when this is deployed.
# undecided: HA423
variable "engine" {
  type = string
}

resource "aws_elasticache_cluster" "locks" {
  cluster_id      = "locks"
  engine          = var.engine
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}
