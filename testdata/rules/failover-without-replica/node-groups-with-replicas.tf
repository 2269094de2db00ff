# Each node group has a replica: by its number, or by the zones that the replicas are put into.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  automatic_failover_enabled = true
  multi_az_enabled           = true

  node_group_configuration {
    replica_count = 1
  }

  node_group_configuration {
    primary_availability_zone  = "eu-west-1a"
    replica_availability_zones = ["eu-west-1b"]
  }
}
