# What is a month old moves to one zone, and no other copy is kept; the directory bucket never leaves its zone.
resource "aws_s3_bucket" "reports" {
  bucket_prefix = "reports"
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    id     = "age"
    status = "Enabled"

    filter {}

    transition {
      days          = 30
      storage_class = "ONEZONE_IA" # expect: HA415 aws_s3_bucket.reports moves its only copies to one zone
    }
  }
}

resource "aws_s3_directory_bucket" "scratch" { # expect: HA415[note] aws_s3_directory_bucket.scratch is a directory bucket
  bucket = "scratch--euw1-az1--x-s3"

  location {
    name = "euw1-az1"
  }
}
