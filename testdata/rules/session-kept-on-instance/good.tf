# Sessions are in a table; stickiness only spares looking them up.
variable "vpc_id" {
  type = string
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  stickiness {
    type = "lb_cookie"
  }
}

resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
