locals {
  longest = max(local.private, local.public, local.intra, local.elasticache, local.database, local.redshift)
}
