# Logs and inventories are delivered to these buckets, or they only redirect: nobody restores these.
resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "logs" {
  bucket_prefix = "logs"
}

resource "aws_s3_bucket_logging" "documents" {
  bucket        = aws_s3_bucket.documents.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "documents/"
}

resource "aws_s3_bucket" "old_logs" {
  bucket_prefix = "old-logs"
}

resource "aws_s3_bucket_acl" "old_logs" {
  bucket = aws_s3_bucket.old_logs.id
  acl    = "log-delivery-write"
}

resource "aws_s3_bucket" "inventories" {
  bucket_prefix = "inventories"
}

resource "aws_s3_bucket_inventory" "documents" {
  bucket                   = aws_s3_bucket.documents.id
  name                     = "weekly"
  included_object_versions = "Current"

  schedule {
    frequency = "Weekly"
  }

  destination {
    bucket {
      format     = "CSV"
      bucket_arn = aws_s3_bucket.inventories.arn
    }
  }
}

resource "aws_s3_bucket" "requests" {
  bucket_prefix = "requests"
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  access_logs {
    bucket  = aws_s3_bucket.requests.bucket
    enabled = true
  }
}

resource "aws_s3_bucket" "old" {
  bucket_prefix = "old"
}

resource "aws_s3_bucket_website_configuration" "old" {
  bucket = aws_s3_bucket.old.id

  redirect_all_requests_to {
    host_name = "example.org"
  }
}

resource "aws_s3_bucket" "older" {
  bucket_prefix = "older"
}

resource "aws_s3_bucket_website_configuration" "older" {
  bucket = aws_s3_bucket.older.id

  index_document {
    suffix = "none"
  }

  routing_rule {
    redirect {
      host_name = "example.org"
    }
  }
}
