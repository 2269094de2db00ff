"""Small projects in both dialects, and what is found in them."""

TEMPLATE = """\
# two subnets, in one zone
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, Tags: [{Key: a, Value: "😀"}], AvailabilityZone: !Select [0, !GetAZs '']}
"""
"""HA101 in line 15 (from 1), behind a character of two UTF-16 units."""

MENDED = TEMPLATE.replace("[0, !GetAZs '']}", "[1, !GetAZs '']}")

DATABASES = """\
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  multi_az                = true
  backup_retention_period = 7
  skip_final_snapshot     = true
}

resource "aws_db_instance" "stock" {
  engine                  = "postgres"
  multi_az                = true
  backup_retention_period = 7
  skip_final_snapshot     = true # not needed
}
"""
"""HA408 in lines 5 and 12 (from 1), each mended by one word."""

ROOT = """\
provider "aws" {
  region = "eu-west-1"
}

module "network" {
  source = "./network"
  zones  = ["eu-west-1a", "eu-west-1a"]
}
"""

MODULE = """\
variable "zones" {
  type = list(string)
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "isolated" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = var.zones[count.index]
}
"""
"""Called by `ROOT`, HA101 in the line (7, from 1) that gives it its zones."""
