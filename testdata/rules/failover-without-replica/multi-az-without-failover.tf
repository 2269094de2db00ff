resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = false
  multi_az_enabled           = true # expect: HA412 claims Multi-AZ, but without automatic failover nothing moves to the other zone
}
