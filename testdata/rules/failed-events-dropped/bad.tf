# The bucket hands over what was uploaded, and does not wait for what becomes of it.
variable "role_arn" {
  type = string
}

resource "aws_lambda_function" "resize" { # expect: HA606 aws_lambda_function.resize is invoked asynchronously, and nothing keeps the events it fails on
  function_name = "resize"
  runtime       = "python3.13"
  handler       = "images.resize"
  role          = var.role_arn
  filename      = "images.zip"
}

resource "aws_s3_bucket" "images" {
  bucket_prefix = "images-"
}

resource "aws_s3_bucket_notification" "images" {
  bucket = aws_s3_bucket.images.id

  lambda_function {
    lambda_function_arn = aws_lambda_function.resize.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
