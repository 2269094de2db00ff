# A single node may keep snapshots as well; Memcached has none.
resource "aws_elasticache_cluster" "locks" {
  cluster_id               = "locks"
  engine                   = "redis"
  node_type                = "cache.m7g.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 0 # expect: HA413 aws_elasticache_cluster.locks keeps snapshots for 0 days
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 2
}
