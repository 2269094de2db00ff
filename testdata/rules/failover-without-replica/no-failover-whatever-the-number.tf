# How many nodes there are is decided when this is deployed, and none of them takes over by itself.
variable "nodes" {
  type = number
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = var.nodes
  automatic_failover_enabled = false # expect: HA412 aws_elasticache_replication_group.sessions has no automatic failover
}
