# The logs of one bucket are delivered to the other, and nobody restores logs.
resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "logs" {
  bucket_prefix = "logs"
}

resource "aws_s3_bucket_logging" "documents" {
  bucket        = aws_s3_bucket.documents.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "documents/"
}

resource "aws_s3_bucket" "old_logs" {
  bucket_prefix = "old-logs"
}

resource "aws_s3_bucket_acl" "old_logs" {
  bucket = aws_s3_bucket.old_logs.id
  acl    = "log-delivery-write"
}
