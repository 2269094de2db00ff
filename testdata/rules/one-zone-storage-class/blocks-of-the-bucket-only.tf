# The lifecycle as a block of the bucket, as it was once written.
resource "aws_s3_bucket" "reports" {
  bucket_prefix = "reports"

  lifecycle_rule {
    id      = "age"
    enabled = true

    transition {
      days          = 30
      storage_class = "ONEZONE_IA" # expect: HA415 aws_s3_bucket.reports moves its only copies to one zone
    }
  }
}
