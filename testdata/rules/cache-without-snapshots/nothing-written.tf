# Nothing is written, and none are kept.
resource "aws_elasticache_replication_group" "sessions" { # expect: HA413 keeps snapshots for 0 days
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
