variable "create_bucket" { default = true }
variable "is_directory_bucket" { default = false }
variable "bucket" { default = null }
variable "bucket_prefix" { default = null }
variable "availability_zone_id" { default = null }
variable "acl" { default = null }
variable "grant" { default = [] }
variable "object_lock_enabled" { default = false }
variable "object_lock_configuration" { default = {} }
variable "versioning" { default = {} }
variable "logging" { default = {} }
variable "website" { default = {} }
variable "server_side_encryption_configuration" { default = {} }
variable "lifecycle_rule" { default = [] }
variable "replication_configuration" { default = {} }
variable "inventory_configuration" { default = {} }
variable "region" { default = null }
variable "tags" { default = {} }

locals {
  general = var.create_bucket && !var.is_directory_bucket
  id      = var.is_directory_bucket ? aws_s3_directory_bucket.this[0].bucket : aws_s3_bucket.this[0].id

  # Values of type any come as JSON texts from terragrunt.
  grants          = try(jsondecode(var.grant), var.grant)
  lifecycle_rules = try(jsondecode(var.lifecycle_rule), var.lifecycle_rule)

  filters    = [for rule in local.lifecycle_rules : try(flatten([rule.filter]), [])]
  conditions = [
    for rule in local.lifecycle_rules :
    try(max(length(keys(rule.filter)), length(try(rule.filter.tags, rule.filter.tag, []))), 0)
  ]
}

resource "aws_s3_bucket" "this" {
  count               = local.general ? 1 : 0
  bucket              = var.bucket
  bucket_prefix       = var.bucket_prefix
  object_lock_enabled = var.object_lock_enabled
  region              = var.region
  tags                = var.tags
}

resource "aws_s3_directory_bucket" "this" {
  count  = var.create_bucket && var.is_directory_bucket ? 1 : 0
  bucket = "${var.bucket}--${var.availability_zone_id}--x-s3"
  region = var.region
  tags   = var.tags

  location {
    name = var.availability_zone_id
  }
}

resource "aws_s3_bucket_acl" "this" {
  count  = local.general && (var.acl != null && var.acl != "null" || length(local.grants) > 0) ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  acl    = var.acl == "null" ? null : var.acl
  region = var.region
}

resource "aws_s3_bucket_logging" "this" {
  count         = local.general && length(keys(var.logging)) > 0 ? 1 : 0
  bucket        = aws_s3_bucket.this[0].id
  target_bucket = var.logging["target_bucket"]
  region        = var.region
}

resource "aws_s3_bucket_website_configuration" "this" {
  count  = local.general && length(keys(var.website)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  region = var.region

  dynamic "redirect_all_requests_to" {
    for_each = try([var.website["redirect_all_requests_to"]], [])

    content {
      host_name = redirect_all_requests_to.value.host_name
    }
  }

  dynamic "routing_rule" {
    for_each = try(flatten([var.website["routing_rules"]]), [])

    content {
      dynamic "condition" {
        for_each = try([routing_rule.value.condition], [])

        content {
          http_error_code_returned_equals = try(condition.value["http_error_code_returned_equals"], null)
          key_prefix_equals               = try(condition.value["key_prefix_equals"], null)
        }
      }
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  count  = local.general && length(keys(var.versioning)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  region = var.region

  versioning_configuration {
    status = try(
      var.versioning["enabled"] ? "Enabled" : "Suspended",
      tobool(var.versioning["status"]) ? "Enabled" : "Suspended",
      title(lower(var.versioning["status"])),
      "Enabled",
    )
    mfa_delete = try(
      tobool(var.versioning["mfa_delete"]) ? "Enabled" : "Disabled",
      title(lower(var.versioning["mfa_delete"])),
      null,
    )
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count  = var.create_bucket && length(keys(var.server_side_encryption_configuration)) > 0 ? 1 : 0
  bucket = local.id
  region = var.region

  dynamic "rule" {
    for_each = try(flatten([var.server_side_encryption_configuration["rule"]]), [])

    content {
      dynamic "apply_server_side_encryption_by_default" {
        for_each = try([rule.value.apply_server_side_encryption_by_default], [])

        content {
          sse_algorithm = apply_server_side_encryption_by_default.value.sse_algorithm
        }
      }
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count  = var.create_bucket && length(local.lifecycle_rules) > 0 ? 1 : 0
  bucket = local.id
  region = var.region

  dynamic "rule" {
    for_each = local.lifecycle_rules

    content {
      status = try(
        rule.value.enabled ? "Enabled" : "Disabled",
        tobool(rule.value.status) ? "Enabled" : "Disabled",
        title(lower(rule.value.status)),
      )

      dynamic "expiration" {
        for_each = try(flatten([rule.value.expiration]), [])

        content {
          days = try(expiration.value.days, null)
        }
      }

      dynamic "transition" {
        for_each = try(flatten([rule.value.transition]), [])

        content {
          storage_class = transition.value.storage_class
        }
      }

      dynamic "filter" {
        for_each = length(local.filters[rule.key]) == 0 ? [true] : []

        content {}
      }

      dynamic "filter" {
        for_each = [for filter in local.filters[rule.key] : filter if local.conditions[rule.key] == 1]

        content {
          prefix                   = try(filter.value.prefix, null)
          object_size_greater_than = try(filter.value.object_size_greater_than, null)
          object_size_less_than    = try(filter.value.object_size_less_than, null)

          dynamic "tag" {
            for_each = try(filter.value.tags, filter.value.tag, [])

            content {
              key   = tag.key
              value = tag.value
            }
          }
        }
      }

      dynamic "filter" {
        for_each = [for filter in local.filters[rule.key] : filter if local.conditions[rule.key] > 1]

        content {
          and {
            prefix                   = try(filter.value.prefix, null)
            object_size_greater_than = try(filter.value.object_size_greater_than, null)
            object_size_less_than    = try(filter.value.object_size_less_than, null)
            tags                     = try(filter.value.tags, filter.value.tag, null)
          }
        }
      }
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  count  = var.create_bucket && var.object_lock_enabled && try(var.object_lock_configuration.rule.default_retention, null) != null ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  region = var.region
}

resource "aws_s3_bucket_replication_configuration" "this" {
  count  = local.general && length(keys(var.replication_configuration)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  region = var.region

  dynamic "rule" {
    for_each = flatten(try([var.replication_configuration["rule"]], [var.replication_configuration["rules"]], []))

    content {
      status = try(tobool(rule.value.status) ? "Enabled" : "Disabled", title(lower(rule.value.status)), "Enabled")

      dynamic "destination" {
        for_each = try(flatten([rule.value.destination]), [])

        content {
          bucket = destination.value.bucket
        }
      }

      dynamic "source_selection_criteria" {
        for_each = try(flatten([rule.value.source_selection_criteria]), [])

        content {
          dynamic "sse_kms_encrypted_objects" {
            for_each = flatten([try(
              source_selection_criteria.value.sse_kms_encrypted_objects.enabled,
              source_selection_criteria.value.sse_kms_encrypted_objects.status,
              [],
            )])

            content {
              status = try(
                tobool(sse_kms_encrypted_objects.value) ? "Enabled" : "Disabled",
                title(lower(sse_kms_encrypted_objects.value)),
                "Disabled",
              )
            }
          }
        }
      }
    }
  }
}

resource "aws_s3_bucket_inventory" "this" {
  for_each = var.create_bucket ? var.inventory_configuration : {}
  bucket   = try(each.value.bucket, local.id)
  region   = var.region

  destination {
    bucket {
      bucket_arn = try(each.value.destination.bucket_arn, aws_s3_bucket.this[0].arn)
    }
  }
}

output "s3_bucket_id" { value = try(aws_s3_bucket.this[0].id, aws_s3_directory_bucket.this[0].bucket, "") }
output "s3_bucket_arn" { value = try(aws_s3_bucket.this[0].arn, "") }
output "s3_bucket_bucket_domain_name" { value = try(aws_s3_bucket.this[0].bucket_domain_name, "") }
output "s3_bucket_bucket_regional_domain_name" { value = try(aws_s3_bucket.this[0].bucket_regional_domain_name, "") }
output "s3_bucket_region" { value = try(aws_s3_bucket.this[0].region, "") }
output "s3_bucket_website_endpoint" { value = try(aws_s3_bucket_website_configuration.this[0].website_endpoint, "") }
output "s3_bucket_website_domain" { value = try(aws_s3_bucket_website_configuration.this[0].website_domain, "") }
output "s3_directory_bucket_name" { value = try(aws_s3_directory_bucket.this[0].bucket, null) }
output "s3_directory_bucket_arn" { value = try(aws_s3_directory_bucket.this[0].arn, null) }
