# Each node group says for itself how many replicas it has; one that has none is enough.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  automatic_failover_enabled = true
  multi_az_enabled           = true

  node_group_configuration { # expect: HA412 claims Multi-AZ, but has no replica to fail over to
    replica_count = 1
  }

  node_group_configuration {
    replica_count = 0
  }
}
