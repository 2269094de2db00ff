# One node cannot be spread, and Redis has replication groups for that.
resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "locks" {
  cluster_id      = "locks"
  engine          = "redis"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}
