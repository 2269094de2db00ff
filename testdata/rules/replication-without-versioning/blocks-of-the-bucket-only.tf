# Versioning and replication as blocks of the bucket, as they were once written.
resource "aws_s3_bucket" "documents" {
  bucket = "example-documents"

  versioning {
    enabled = true
  }

  replication_configuration {
    role = "arn:aws:iam::111122223333:role/replication"

    rules {
      status = "Enabled"

      destination {
        bucket = aws_s3_bucket.replica.arn # expect: HA416 copies to aws_s3_bucket.replica, whose versioning is off
      }
    }
  }
}

resource "aws_s3_bucket" "replica" {
  bucket = "example-documents-replica"

  versioning {
    enabled = false
  }
}
