resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.m7g.large"
  num_cache_nodes = 3
  az_mode         = "single-az" # expect: HA114 aws_elasticache_cluster.pages has 3 nodes in one zone: its AZ mode is single-az
}
