provider "aws" {
  region = "eu-west-1"
}

module "invoices" {
  source  = "terraform-aws-modules/s3-bucket/aws"
  version = "~> 4.1"

  bucket              = "acme-invoices"
  object_lock_enabled = true
  versioning          = { enabled = true, mfa_delete = true }
  tags                = { Environment = "production" }

  lifecycle_rule = [
    {
      id         = "archive"
      enabled    = true
      transition = [{ days = 30, storage_class = "ONEZONE_IA" }, { days = 90, storage_class = "GLACIER" }]
      filter     = { prefix = "2024/" }
    },
    {
      id         = "scratch"
      status     = "disabled"
      expiration = { days = 7 }
      filter     = { prefix = "tmp/", tags = { kind = "scratch" } }
    },
    { id = "everything", enabled = true, expiration = { days = 3650 } },
  ]

  replication_configuration = {
    role = "arn:aws:iam::111122223333:role/replication"
    rules = [{
      id                        = "all"
      status                    = true
      destination               = { bucket = module.copies.s3_bucket_arn }
      source_selection_criteria = { sse_kms_encrypted_objects = { enabled = true } }
    }]
  }

  server_side_encryption_configuration = {
    rule = { apply_server_side_encryption_by_default = { sse_algorithm = "aws:kms" } }
  }
}

module "copies" {
  source  = "terraform-aws-modules/s3-bucket/aws"
  version = "5.2.0"

  bucket     = "acme-invoices-copies"
  region     = "eu-central-1"
  versioning = { status = "Enabled" }
}

module "logs" {
  source = "terraform-aws-modules/s3-bucket/aws"

  bucket_prefix = "acme-logs-"
  acl           = "log-delivery-write"
  logging       = { target_bucket = "acme-audit" }
  website       = { index_document = "index.html", routing_rules = [{ condition = { key_prefix_equals = "img/" }, redirect = { host_name = "x" } }] }
}

module "invoices_notifications" {
  source  = "terraform-aws-modules/s3-bucket/aws//modules/notification"
  version = "~> 4.1"

  bucket               = module.invoices.s3_bucket_id
  lambda_notifications = { paid = { function_arn = "arn:aws:lambda:eu-west-1:111122223333:function:paid", events = ["s3:ObjectCreated:*"] } }
}

module "none" {
  source = "terraform-aws-modules/s3-bucket/aws"

  create_bucket = false
}
