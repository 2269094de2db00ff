# In cluster mode each shard has its own replicas; failover is on because it has to be.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  num_node_groups            = 3
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
}

resource "aws_elasticache_replication_group" "bare" {
  replication_group_id       = "bare"
  description                = "Shards without replicas"
  node_type                  = "cache.m7g.large"
  num_node_groups            = 3
  replicas_per_node_group    = 0 # expect: HA412 aws_elasticache_replication_group.bare has no replica that could take over
  automatic_failover_enabled = true
}
