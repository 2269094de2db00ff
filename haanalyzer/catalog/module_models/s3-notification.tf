variable "create" { default = true }
variable "bucket" { default = "" }
variable "lambda_notifications" { default = {} }
variable "region" { default = null }

resource "aws_s3_bucket_notification" "this" {
  count  = var.create ? 1 : 0
  bucket = var.bucket
  region = var.region

  dynamic "lambda_function" {
    for_each = var.lambda_notifications

    content {
      lambda_function_arn = lambda_function.value.function_arn
    }
  }
}

output "s3_bucket_notification_id" { value = try(aws_s3_bucket_notification.this[0].id, "") }
