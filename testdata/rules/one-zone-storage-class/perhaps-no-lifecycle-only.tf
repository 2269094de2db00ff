# The lifecycle is on a condition that is not known.
# undecided: HA415
variable "age" {
  type = bool
}

resource "aws_s3_bucket" "reports" {
  bucket_prefix = "reports"
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  count = var.age ? 1 : 0

  bucket = aws_s3_bucket.reports.id

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
