# Versions are kept and locked. The other bucket keeps none, which is another rule's matter.
resource "aws_s3_bucket" "ledger" {
  bucket_prefix       = "ledger"
  object_lock_enabled = true
}

resource "aws_s3_bucket_versioning" "ledger" {
  bucket = aws_s3_bucket.ledger.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "scratch" {
  bucket_prefix = "scratch"
}
