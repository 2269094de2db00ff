# Two parameters may be two subnets of one zone.
# undecided: HA102
variable "first_subnet" {
  type = string
}

variable "second_subnet" {
  type = string
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = [var.first_subnet, var.second_subnet]
}
