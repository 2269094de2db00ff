# parameter: failover_required = false
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 3
  automatic_failover_enabled = false
}
