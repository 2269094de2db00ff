# Replication is on a condition that is not known.
# undecided: HA415
variable "replicate" {
  type = bool
}

resource "aws_s3_bucket" "pictures" {
  bucket_prefix = "pictures"
}

resource "aws_s3_bucket_lifecycle_configuration" "pictures" {
  bucket = aws_s3_bucket.pictures.id

  rule {
    id     = "age"
    status = "Enabled"

    filter {}

    transition {
      days          = 30
      storage_class = "ONEZONE_IA"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "pictures" {
  count = var.replicate ? 1 : 0

  bucket = aws_s3_bucket.pictures.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::example-pictures-replica"
    }
  }
}
