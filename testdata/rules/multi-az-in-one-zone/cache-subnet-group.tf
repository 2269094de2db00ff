# The subnet group of a cache offers two zones to one group of nodes, and one to the other.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "data" {
  for_each = { a = "10.0.0.0/24", b = "10.0.1.0/24" }

  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_elasticache_subnet_group" "wide" {
  name       = "wide"
  subnet_ids = [aws_subnet.data["a"].id, aws_subnet.data["b"].id]
}

resource "aws_elasticache_subnet_group" "narrow" {
  name       = "narrow"
  subnet_ids = [aws_subnet.data["b"].id]
}

resource "aws_elasticache_replication_group" "carts" {
  replication_group_id       = "carts"
  description                = "Carts"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.wide.name
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true # expect: HA402 aws_elasticache_replication_group.sessions claims Multi-AZ, but all it is given to stand in is eu-west-1b
  subnet_group_name          = "narrow"
}
