# Nodes that are put into two zones by name need no Multi-AZ for that.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  engine                     = "valkey"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true

  preferred_cache_cluster_azs = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_elasticache_replication_group" "carts" { # expect: HA412[note] aws_elasticache_replication_group.carts fails over, but is not Multi-AZ
  replication_group_id       = "carts"
  description                = "Carts"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}
