# The replication is switched off whole: it copies nothing, encrypted or not. The other one is on.
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

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Disabled"

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

resource "aws_s3_bucket" "letters" {
  bucket_prefix = "letters"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "letters" {
  bucket = aws_s3_bucket.letters.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "letters" {
  bucket = aws_s3_bucket.letters.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "letters" {
  bucket = aws_s3_bucket.letters.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Enabled"

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = "arn:aws:s3:::example-letters-replica"

      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:alias/letters"
      }
    }
  }
}
