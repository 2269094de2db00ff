# The versioning of some bucket is turned on: it may be this one.
# undecided: HA416
variable "versioned" {
  type = string
}

resource "aws_s3_bucket" "documents" {
  bucket = "example-documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = var.versioned

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::example-documents-replica"
    }
  }
}
