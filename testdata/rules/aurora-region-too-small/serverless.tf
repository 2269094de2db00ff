# region: us-west-1

resource "aws_rds_cluster" "first_generation" {
  engine          = "aurora" # expect: HA103 in us-west-1, which gives a new account only 2 Availability Zones
  engine_mode     = "serverless"
  master_username = "orders"
  master_password = var.password
}

resource "aws_rds_cluster" "second_generation" {
  engine                      = "aurora-mysql" # expect: HA103 in us-west-1, which gives a new account only 2 Availability Zones
  engine_mode                 = "provisioned"
  master_username             = "orders"
  manage_master_user_password = true

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 8
  }
}

variable "password" {
  type      = string
  sensitive = true
}
