# All as blocks of the bucket, as they were once written.
resource "aws_s3_bucket" "documents" {
  bucket_prefix = "documents"

  versioning {
    enabled = true
  }

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "aws:kms"
      }
    }
  }

  replication_configuration { # expect: HA424 aws_s3_bucket.documents encrypts with a KMS key
    role = "arn:aws:iam::111122223333:role/replication"

    rules {
      status = "Enabled"

      destination {
        bucket = "arn:aws:s3:::example-documents-replica"
      }
    }
  }
}

resource "aws_s3_bucket" "pictures" {
  bucket_prefix = "pictures"

  versioning {
    enabled = true
  }

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "aws:kms"
      }
    }
  }

  replication_configuration {
    role = "arn:aws:iam::111122223333:role/replication"

    rules {
      status = "Enabled"

      source_selection_criteria {
        sse_kms_encrypted_objects {
          enabled = true
        }
      }

      destination {
        bucket             = "arn:aws:s3:::example-pictures-replica"
        replica_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:alias/pictures"
      }
    }
  }
}
