# Cluster mode insists on failover, replica or not; a parameter group of one's own may switch it on.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  parameter_group_name       = "default.redis7.cluster.on"
  automatic_failover_enabled = true
  multi_az_enabled           = true
}

resource "aws_elasticache_replication_group" "carts" {
  replication_group_id       = "carts"
  description                = "Carts"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1 # expect: HA412 aws_elasticache_replication_group.carts claims automatic failover, but has no replica
  parameter_group_name       = "default.redis7"
  automatic_failover_enabled = true
}

resource "aws_elasticache_replication_group" "locks" {
  replication_group_id       = "locks"
  description                = "Locks"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1 # expect: HA412 aws_elasticache_replication_group.locks has no replica that could take over
  parameter_group_name       = "locks"
  automatic_failover_enabled = true
}
