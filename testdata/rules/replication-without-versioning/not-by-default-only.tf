# Versioning is left to whoever calls the module, whose default is none.
# assuming: var.versioned
variable "versioned" {
  type    = bool
  default = false
}

resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  count = var.versioned ? 1 : 0

  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "documents" { # expect: HA416 copies from aws_s3_bucket.documents, whose versioning is off
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::example-documents-replica"
    }
  }
}
