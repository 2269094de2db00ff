# The lock is chosen when this is deployed.
# undecided: HA425
variable "locked" {
  type = bool
}

resource "aws_s3_bucket" "ledger" {
  bucket_prefix       = "ledger"
  object_lock_enabled = var.locked
}

resource "aws_s3_bucket_versioning" "ledger" {
  bucket = aws_s3_bucket.ledger.id

  versioning_configuration {
    status = "Enabled"
  }
}
