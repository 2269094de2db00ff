# Each region has its own group of that name; the attachment is to the one in its own region.
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "standby"
  region = "eu-central-1"
}

resource "aws_subnet" "main" {
  for_each = toset(["a", "b"])

  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = each.key == "a" ? "10.0.0.0/24" : "10.0.1.0/24"
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "standby" {
  provider = aws.standby

  vpc_id            = "vpc-3d2c1b0a"
  cidr_block        = "10.1.0.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_lb" "shop" {
  subnets = [for subnet in aws_subnet.main : subnet.id]
}

resource "aws_lb_target_group" "shop" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a1b2c3d"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_autoscaling_group" "main" {
  name                = "shop"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = [for subnet in aws_subnet.main : subnet.id]
}

resource "aws_autoscaling_group" "standby" {
  provider = aws.standby

  name                = "shop"
  min_size            = 0
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.standby.id]
}

resource "aws_autoscaling_attachment" "shop" {
  autoscaling_group_name = "shop"
  lb_target_group_arn    = aws_lb_target_group.shop.arn
}
