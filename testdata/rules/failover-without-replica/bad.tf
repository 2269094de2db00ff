resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1 # expect: HA412 aws_elasticache_replication_group.sessions claims Multi-AZ, but has no replica to fail over to
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
