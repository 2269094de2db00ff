# Versioning is chosen when this is deployed.
# undecided: HA414
variable "versioning" {
  type = string
}

resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = var.versioning
  }
}
