# A module that cannot be read is given the bucket, and may turn its versioning on.
# undecided: HA416
resource "aws_s3_bucket" "documents" {
  bucket = "example-documents"
}

module "versioning" {
  source = "git::https://example.org/versioning.git"

  bucket = aws_s3_bucket.documents.id
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::elsewhere-documents"
    }
  }
}
