# One bucket turns versioning on, the other needs it for Object Lock.
resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "ledger" {
  bucket_prefix       = "ledger"
  object_lock_enabled = true
}
