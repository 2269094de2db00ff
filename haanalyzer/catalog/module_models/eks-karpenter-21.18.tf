locals {
  more_sources = { capacity_reservation_interruption = "aws.ec2" }
}
