# An instance stands where its network interfaces do; both of these in the first zone.
variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

data "aws_availability_zones" "available" {}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.available.names[0]
}

resource "aws_subnet" "b" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.available.names[1]
}

resource "aws_lb" "inspection" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lb_target_group" "firewalls" {
  port     = 443
  protocol = "TCP"
  vpc_id   = var.vpc_id
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.inspection.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.firewalls.arn
  }
}

resource "aws_network_interface" "firewall" {
  count     = 2
  subnet_id = aws_subnet.a.id
}

resource "aws_instance" "firewall" { # expect: HA102 aws_lb.inspection has a node in the second zone of the region, but the targets of aws_lb_target_group.firewalls are in the first zone of the region
  count         = 2
  ami           = var.image_id
  instance_type = "c6i.large"

  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.firewall[count.index].id
  }
}

resource "aws_lb_target_group_attachment" "firewall" {
  count            = 2
  target_group_arn = aws_lb_target_group.firewalls.arn
  target_id        = aws_instance.firewall[count.index].id
}
