locals {
  sources = {
    health_event          = "aws.health"
    spot_interupt         = "aws.ec2"
    instance_rebalance    = "aws.ec2"
    instance_state_change = "aws.ec2"
  }
}
