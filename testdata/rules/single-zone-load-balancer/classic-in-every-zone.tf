# The region has two zones at least, whichever it is.
data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_elb" "web" {
  name               = "web"
  availability_zones = data.aws_availability_zones.available.names

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
