resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.m6g.large"
  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true
  skip_final_snapshot         = true # expect: HA408 aws_db_instance.orders leaves nothing behind when it is deleted
}

resource "aws_rds_cluster" "carts" {
  cluster_identifier          = "carts"
  engine                      = "aurora-postgresql"
  master_username             = "carts"
  manage_master_user_password = true
  skip_final_snapshot         = true # expect: HA408 aws_rds_cluster.carts leaves nothing behind when it is deleted
}
