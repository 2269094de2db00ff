# All of one bucket is gone in a month; of the other, one folder is, and some is kept for years.
resource "aws_s3_bucket" "uploads" {
  bucket_prefix = "uploads"
}

resource "aws_s3_bucket_lifecycle_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  rule {
    id     = "gone"
    status = "Enabled"

    filter {}

    expiration {
      days = 30
    }
  }
}

resource "aws_s3_bucket" "documents" { # expect: HA414 aws_s3_bucket.documents keeps no versions
  bucket_prefix = "documents"
}

resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id

  rule {
    id     = "scratch"
    status = "Enabled"

    filter {
      prefix = "scratch/"
    }

    expiration {
      days = 30
    }
  }

  rule {
    id     = "old"
    status = "Enabled"

    filter {}

    expiration {
      days = 3650
    }
  }
}
