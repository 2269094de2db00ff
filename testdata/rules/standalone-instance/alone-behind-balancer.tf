# A load balancer for one instance.
variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

resource "aws_subnet" "a" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}

resource "aws_instance" "web_a" { # expect: HA307 is a single instance: no group replaces it, and it shares its work with no other
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.a.id
}

resource "aws_lb_target_group_attachment" "web_a" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web_a.id
}
