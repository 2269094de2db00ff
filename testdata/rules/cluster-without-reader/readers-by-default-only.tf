# The number of instances is a default, which the finding rests on.
# assuming: var.instances
variable "instances" {
  type    = number
  default = 1
}

resource "aws_rds_cluster" "orders" { # expect: HA403 has one instance, aws_rds_cluster_instance.orders[0]
  cluster_identifier          = "orders"
  engine                      = "aurora-mysql"
  master_username             = "orders"
  manage_master_user_password = true
}

resource "aws_rds_cluster_instance" "orders" {
  count = var.instances

  cluster_identifier = aws_rds_cluster.orders.id
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.r6g.large"
}
