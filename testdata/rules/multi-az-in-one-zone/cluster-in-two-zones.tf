# A Multi-AZ DB cluster needs three zones.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "data" {
  count = 2

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = element(["eu-west-1a", "eu-west-1b"], count.index)
}

resource "aws_db_subnet_group" "data" {
  name       = "data"
  subnet_ids = aws_subnet.data[*].id
}

resource "aws_rds_cluster" "inventory" {
  cluster_identifier          = "inventory"
  engine                      = "postgres"
  db_cluster_instance_class   = "db.m5d.large" # expect: HA402 inventory is a Multi-AZ DB cluster for 3 zones, but its subnets are all in eu-west-1a and eu-west-1b
  storage_type                = "io1"
  allocated_storage           = 100
  iops                        = 1000
  master_username             = "inventory"
  manage_master_user_password = true
  db_subnet_group_name        = aws_db_subnet_group.data.name
}
