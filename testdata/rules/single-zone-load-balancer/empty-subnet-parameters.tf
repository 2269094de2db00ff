# Two empty defaults are not two subnets, and not one either.
# undecided: HA102
variable "first_subnet" {
  type    = string
  default = ""
}

variable "second_subnet" {
  type    = string
  default = ""
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = [var.first_subnet, var.second_subnet]
}
