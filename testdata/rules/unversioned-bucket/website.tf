# A website that redirects some of its requests still has pages of its own.
resource "aws_s3_bucket" "site" { # expect: HA414 aws_s3_bucket.site keeps no versions
  bucket_prefix = "site"
}

resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id

  index_document {
    suffix = "index.html"
  }

  routing_rule {
    condition {
      key_prefix_equals = "blog/"
    }

    redirect {
      host_name = "blog.example.org"
    }
  }
}
