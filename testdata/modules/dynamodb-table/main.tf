provider "aws" {
  region = "eu-west-1"
}

module "orders" {
  source  = "terraform-aws-modules/dynamodb-table/aws"
  version = "~> 5.0"

  name                           = "orders"
  hash_key                       = "id"
  point_in_time_recovery_enabled = true
  stream_enabled                 = true
  stream_view_type               = "NEW_AND_OLD_IMAGES"
  replica_regions                = [{ region_name = "eu-central-1", point_in_time_recovery = true }]
  tags                           = { Environment = "production" }
}

module "sessions" {
  source  = "terraform-aws-modules/dynamodb-table/aws"
  version = "4.2.0"

  name                        = "sessions"
  hash_key                    = "id"
  billing_mode                = "PROVISIONED"
  read_capacity               = 5
  write_capacity              = 5
  autoscaling_enabled         = true
  autoscaling_read            = { max_capacity = 50 }
  autoscaling_write           = { max_capacity = 20, target_value = 60 }
  autoscaling_indexes         = { by_user = { read_min_capacity = 5, read_max_capacity = 30, write_min_capacity = 5, write_max_capacity = 10 } }
  deletion_protection_enabled = true
}

module "none" {
  source = "terraform-aws-modules/dynamodb-table/aws"

  create_table = false
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn  = module.orders.dynamodb_table_stream_arn
  function_name     = "project-orders"
  starting_position = "LATEST"
}
