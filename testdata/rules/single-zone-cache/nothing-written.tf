# All nodes stand in one zone unless told otherwise.
resource "aws_elasticache_cluster" "pages" { # expect: HA114 has 2 nodes in one zone
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 2
}
