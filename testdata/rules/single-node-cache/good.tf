# The node is a replica of a replication group.
resource "aws_elasticache_replication_group" "locks" {
  replication_group_id       = "locks"
  description                = "Locks"
  engine                     = "redis"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 1
  automatic_failover_enabled = false
}

resource "aws_elasticache_cluster" "replica" {
  cluster_id           = "locks-replica"
  engine               = "redis"
  replication_group_id = aws_elasticache_replication_group.locks.id
}
