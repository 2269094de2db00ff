# No such template can be deployed, and it is read nevertheless.
resource "aws_db_instance" "one" {
  identifier          = "one"
  instance_class      = "db.m6g.large"
  replicate_source_db = "two"
  skip_final_snapshot = true
}

resource "aws_db_instance" "two" {
  identifier          = "two"
  instance_class      = "db.m6g.large"
  replicate_source_db = "one"
  skip_final_snapshot = true
}
