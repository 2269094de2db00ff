# Which two regions these are is not known; each is what the account calls its own.
# undecided: HA502
variable "region" {
  type = string
}

variable "recovery_region" {
  type = string
}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "recovery"
  region = var.recovery_region
}

resource "aws_s3_bucket" "documents" {
  bucket = "example-documents"
}

resource "aws_s3_bucket" "replica" {
  provider = aws.recovery

  bucket = "example-documents-replica"
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.replica.arn
    }
  }
}
