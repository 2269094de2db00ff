# The bucket, and how it encrypts, is declared elsewhere.
# undecided: HA424
variable "bucket" {
  type = string
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = var.bucket
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::example-documents-replica"
    }
  }
}
