# The database may hold the sessions too.
# undecided: HA411
variable "vpc_id" {
  type = string
}

resource "aws_lb_target_group" "web" {
  vpc_id   = var.vpc_id
  port     = 80
  protocol = "HTTP"

  stickiness {
    enabled = true
    type    = "app_cookie"
  }
}

variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "database" {
  engine            = "mysql"
  instance_class    = "db.t4g.medium"
  allocated_storage = 20
  multi_az          = true
  username          = "admin"
  password          = var.password
}
