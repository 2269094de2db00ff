# Serverless v2 has instances, and fails over only to a second one; v1 has none, and moves by itself.
resource "aws_rds_cluster" "search" { # expect: HA403 aws_rds_cluster.search has one instance
  cluster_identifier          = "search"
  engine                      = "aurora-mysql"
  master_username             = "search"
  manage_master_user_password = true

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "search" {
  cluster_identifier = aws_rds_cluster.search.cluster_identifier
  engine             = "aurora-mysql"
  instance_class     = "db.serverless"
}

resource "aws_rds_cluster" "first_generation" {
  cluster_identifier = "first-generation"
  engine             = "aurora-mysql"
  engine_mode        = "serverless"
  master_username    = "first"
  master_password    = "see-the-vault"
}

resource "aws_appautoscaling_target" "events" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/events"
  min_capacity       = 5
  max_capacity       = 50
}
