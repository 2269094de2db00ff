resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  deletion_protection         = false # expect: HA407 aws_db_instance.orders is not protected against deletion: deletion protection is false
}

resource "aws_rds_cluster" "carts" { # expect: HA407 aws_rds_cluster.carts is not protected against deletion
  cluster_identifier          = "carts"
  engine                      = "aurora-postgresql"
  master_username             = "carts"
  manage_master_user_password = true
}
