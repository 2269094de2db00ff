# Of three instances behind a Classic Load Balancer, one is in a zone that was never enabled.
variable "image_id" {
  type = string
}

resource "aws_elb" "web" {
  availability_zones = ["us-east-1a", "us-east-1b"]
  instances          = [aws_instance.first.id, aws_instance.second.id]

  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}

resource "aws_elb_attachment" "third" {
  elb      = aws_elb.web.id
  instance = aws_instance.third.id
}

resource "aws_instance" "first" {
  ami               = var.image_id
  availability_zone = "us-east-1a"
}

resource "aws_instance" "second" {
  ami               = var.image_id
  availability_zone = "us-east-1b"
}

resource "aws_instance" "third" {
  ami               = var.image_id
  availability_zone = "us-east-1c" # expect: HA109 aws_instance.third is a target in us-east-1c, where aws_elb.web has no node
}
