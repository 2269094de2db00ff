# Whichever subnet it is, one subnet is one zone.
variable "subnet" {
  type     = string
  nullable = false
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = [var.subnet] # expect: HA102 its only subnet is in the zone of var.subnet
  internal           = true
  load_balancer_type = "network"
}
