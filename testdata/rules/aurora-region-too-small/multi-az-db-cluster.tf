# A Multi-AZ DB cluster is no Aurora, and has a list of regions of its own.
# region: us-west-1

resource "aws_rds_cluster" "orders" {
  cluster_identifier          = "orders"
  engine                      = "mysql"
  db_cluster_instance_class   = "db.r6gd.xlarge"
  storage_type                = "io1"
  allocated_storage           = 100
  iops                        = 1000
  master_username             = "orders"
  manage_master_user_password = true
}
