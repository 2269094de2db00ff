# A member of a global datastore takes its settings from that.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description = "Sessions"
  engine = "valkey"
  node_type = "cache.m7g.large"
  global_replication_group_id = "ldgnf-sessions"
  num_cache_clusters = 1
}
