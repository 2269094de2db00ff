# One bucket says nothing of versions, the other has suspended them.
resource "aws_s3_bucket" "documents" { # expect: HA414 aws_s3_bucket.documents keeps no versions
  bucket_prefix = "documents"
}

resource "aws_s3_bucket" "pictures" { # expect: HA414 aws_s3_bucket.pictures keeps no versions
  bucket_prefix = "pictures"
}

resource "aws_s3_bucket_versioning" "pictures" {
  bucket = aws_s3_bucket.pictures.id

  versioning_configuration {
    status = "Suspended"
  }
}
