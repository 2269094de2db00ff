# A cache claims Multi-AZ, and its nodes are put into one zone by name.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id        = "sessions"
  description                 = "Sessions"
  node_type                   = "cache.m7g.large"
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
  multi_az_enabled            = true # expect: HA402 claims Multi-AZ, but all it is given to stand in is eu-west-1a
  preferred_cache_cluster_azs = ["eu-west-1a", "eu-west-1a"]
}

resource "aws_elasticache_replication_group" "carts" {
  replication_group_id       = "carts"
  description                = "Carts"
  node_type                  = "cache.m7g.large"
  automatic_failover_enabled = true
  multi_az_enabled           = true # expect: HA402 claims Multi-AZ, but all it is given to stand in is eu-west-1b

  node_group_configuration {
    primary_availability_zone  = "eu-west-1a"
    replica_availability_zones = ["eu-west-1b"]
    replica_count              = 1
  }

  node_group_configuration {
    primary_availability_zone  = "eu-west-1b"
    replica_availability_zones = ["eu-west-1b"]
    replica_count              = 1
  }
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id                   = "pages"
  engine                       = "memcached"
  node_type                    = "cache.m7g.large"
  num_cache_nodes              = 2
  az_mode                      = "cross-az" # expect: HA402 aws_elasticache_cluster.pages claims to stand in several zones
  preferred_availability_zones = ["eu-west-1a", "eu-west-1a"]
}
