# The rule that takes encrypted objects in is off; the one that is on leaves them out.
resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "documents" {
  bucket = aws_s3_bucket.documents.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "documents" { # expect: HA424 aws_s3_bucket.documents encrypts with a KMS key
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status   = "Enabled"
    priority = 1

    filter {
      prefix = "drafts/"
    }

    destination {
      bucket = "arn:aws:s3:::example-documents-replica"
    }
  }

  rule {
    status   = "Disabled"
    priority = 2

    filter {
      prefix = "final/"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::example-documents-replica"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:alias/documents"
      }
    }
  }
}
