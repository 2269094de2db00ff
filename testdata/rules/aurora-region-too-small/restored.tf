# The snapshot tells the engine.
# region: us-west-1
# undecided: HA103

resource "aws_rds_cluster" "restored" {
  cluster_identifier  = "restored"
  snapshot_identifier = "orders-2026-01-01"
  engine              = null
}
