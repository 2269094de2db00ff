resource "aws_elasticache_cluster" "locks" {
  cluster_id      = "locks"
  engine          = "redis" # expect: HA423 aws_elasticache_cluster.locks is one node of redis, and nothing takes over from it
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 1
}
