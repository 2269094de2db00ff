# How many nodes there are is not written, as in templates for older providers.
# undecided: HA412
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  automatic_failover_enabled = true
  multi_az_enabled           = true
}
