# Versions are kept, for whoever does not delete them.
resource "aws_s3_bucket" "ledger" { # expect: HA425 aws_s3_bucket.ledger keeps versions that can be deleted for good
  bucket_prefix = "ledger"
}

resource "aws_s3_bucket_versioning" "ledger" {
  bucket = aws_s3_bucket.ledger.id

  versioning_configuration {
    status = "Enabled"
  }
}
