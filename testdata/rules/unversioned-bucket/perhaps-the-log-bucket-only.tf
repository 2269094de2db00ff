# Logs are delivered to a bucket of a name that is not known: it may be this one.
# undecided: HA414
variable "log_bucket" {
  type = string
}

resource "aws_s3_bucket" "documents" {
  bucket = "example-documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_logging" "documents" {
  bucket        = aws_s3_bucket.documents.id
  target_bucket = var.log_bucket
  target_prefix = "documents/"
}

resource "aws_s3_bucket" "pictures" {
  bucket = "example-pictures"
}
