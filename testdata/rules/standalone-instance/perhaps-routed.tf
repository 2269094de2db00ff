# Whether it takes in what is not for itself is passed; a second shares its work.
# undecided: HA307
variable "vpc_id" {
  type = string
}

variable "image_id" {
  type = string
}

variable "checked" {
  type = bool
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

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}

resource "aws_instance" "web_a" {
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.a.id

  source_dest_check = var.checked
}

resource "aws_instance" "web_b" {
  ami           = var.image_id
  instance_type = "t3.small"
  subnet_id     = aws_subnet.b.id
}

resource "aws_lb_target_group_attachment" "web_a" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web_a.id
}

resource "aws_lb_target_group_attachment" "web_b" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web_b.id
}
