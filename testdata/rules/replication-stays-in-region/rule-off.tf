# The rule that copies to another region is off.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "documents" {
  bucket = "example-documents"
}

resource "aws_s3_bucket" "replica" {
  bucket = "example-documents-replica"
}

resource "aws_s3_bucket_replication_configuration" "documents" { # expect: HA502 is replicated within eu-west-1 only
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status   = "Enabled"
    priority = 1

    filter {}

    destination {
      bucket = aws_s3_bucket.replica.arn
    }
  }

  rule {
    status   = "Disabled"
    priority = 2

    filter {}

    destination {
      bucket = "arn:aws:s3:::example-documents-far-away"
    }
  }
}
