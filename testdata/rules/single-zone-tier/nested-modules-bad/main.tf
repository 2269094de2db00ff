module "vpc" {
  source = "./modules/vpc"
  cidr   = "10.0.0.0/16"
}

module "database_subnet_1" {
  source = "./modules/subnet"
  vpc_id = module.vpc.vpc_id
  cidr   = "10.0.0.0/24"
  zone   = "eu-north-1a"
}

module "database_subnet_2" {
  source = "./modules/subnet"
  vpc_id = module.vpc.vpc_id
  cidr   = "10.0.1.0/24"
  zone   = "eu-north-1a" # expect: HA101 Both isolated subnets of module.vpc.aws_vpc.this stand in eu-north-1a
}
