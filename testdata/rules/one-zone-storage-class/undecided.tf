# The class is chosen when this is deployed.
# undecided: HA415
variable "storage_class" {
  type = string
}

resource "aws_s3_bucket" "reports" {
  bucket_prefix = "reports"
}

resource "aws_s3_bucket_lifecycle_configuration" "reports" {
  bucket = aws_s3_bucket.reports.id

  rule {
    id     = "age"
    status = "Enabled"

    filter {}

    transition {
      days          = 30
      storage_class = var.storage_class
    }
  }
}
