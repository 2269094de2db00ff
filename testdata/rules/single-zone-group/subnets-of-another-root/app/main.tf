data "terraform_remote_state" "network" {
  backend = "s3"
  config = {
    bucket = "acme-states"
    key    = "network/terraform.tfstate"
  }
}

data "terraform_remote_state" "elsewhere" {
  backend = "s3"
  config = {
    bucket = "acme-states"
    key    = "elsewhere/terraform.tfstate"
  }
}

locals {
  network = data.terraform_remote_state.network.outputs
}

resource "aws_autoscaling_group" "batch" {
  min_size            = local.network.fewest
  max_size            = 4
  vpc_zone_identifier = local.network.subnets.batch # expect: HA108 both of its subnets are in eu-west-1a
}

resource "aws_autoscaling_group" "web" {
  min_size            = local.network.fewest
  max_size            = 4
  vpc_zone_identifier = local.network.subnets["web"]
}

resource "aws_autoscaling_group" "elsewhere" { # undecided: HA108
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = data.terraform_remote_state.elsewhere.outputs.subnets
}
