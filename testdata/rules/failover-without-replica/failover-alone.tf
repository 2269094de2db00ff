# Failover is claimed for a single node.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1 # expect: HA412 aws_elasticache_replication_group.sessions claims automatic failover, but has no replica
  automatic_failover_enabled = true
}
