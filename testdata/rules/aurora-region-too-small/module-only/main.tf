provider "aws" {
  alias  = "california"
  region = "us-west-1"
}

module "database" {
  source = "./database"

  providers = {
    aws = aws.california
  }
}
