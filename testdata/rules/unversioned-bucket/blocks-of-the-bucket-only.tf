# Versioning and lifecycle as blocks of the bucket, as they were once written.
resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"

  versioning {
    enabled = true
  }
}

resource "aws_s3_bucket" "pictures" { # expect: HA414 aws_s3_bucket.pictures keeps no versions
  bucket_prefix = "pictures"

  versioning {
    enabled = false
  }
}

resource "aws_s3_bucket" "uploads" {
  bucket_prefix = "uploads"

  lifecycle_rule {
    enabled = true

    expiration {
      days = 7
    }
  }
}
