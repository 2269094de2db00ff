# Two behind a Classic Load Balancer.
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

resource "aws_subnet" "b" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_elb" "web" {
  subnets   = [aws_subnet.a.id, aws_subnet.b.id]
  instances = [aws_instance.web_a.id, aws_instance.web_b.id]

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_instance" "web_a" {
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.a.id
}

resource "aws_instance" "web_b" {
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.b.id
}
