variable "cluster_name" { default = "" }
variable "cluster_primary_security_group_id" { default = null }
variable "name" { default = "" }
variable "subnet_ids" { default = null }
variable "launch_template_id" { default = "" }
variable "launch_template_name" { default = null }
variable "instance_market_options" { default = null }
variable "block_device_mappings" { default = null }
variable "placement" { default = null }
variable "region" { default = null }
variable "tags" { default = {} }
variable "create" {
  default  = true
  nullable = false
}
variable "create_launch_template" {
  default  = true
  nullable = false
}
variable "launch_template_use_name_prefix" {
  default  = true
  nullable = false
}
variable "launch_template_tags" {
  default  = {}
  nullable = false
}
variable "ami_id" {
  default  = ""
  nullable = false
}
variable "vpc_security_group_ids" {
  default  = []
  nullable = false
}
variable "network_interfaces" {
  default  = []
  nullable = false
}
variable "enable_efa_support" {
  default  = false
  nullable = false
}
variable "create_placement_group" {
  default  = false
  nullable = false
}

# Whose template it is says local.makes_template, template_name, template_groups, template_tags, image_id, instance_type,
# efa_type, has_efa and placements. What is not given is an empty list or map in releases before 21, null from there on.
locals {
  makes_placement_group = var.create && (local.has_efa || var.create_placement_group)

  network_interfaces = local.has_efa ? local.efa_interfaces : var.network_interfaces
  efa_interfaces     = [for card in range(try(data.aws_ec2_instance_type.this[0].maximum_network_cards, 0)) : { security_groups = [] }]
}

data "aws_ec2_instance_type" "this" {
  count         = local.has_efa ? 1 : 0
  instance_type = local.efa_type
}

data "cloudinit_config" "this" {}

resource "aws_placement_group" "this" {
  count = local.makes_placement_group ? 1 : 0
  name  = "${var.cluster_name}-${var.name}"
}

resource "aws_launch_template" "this" {
  count                  = local.makes_template ? 1 : 0
  name                   = var.launch_template_use_name_prefix ? null : local.template_name
  image_id               = local.image_id
  instance_type          = local.instance_type
  user_data              = data.cloudinit_config.this.rendered
  vpc_security_group_ids = length(local.network_interfaces) > 0 ? [] : local.template_groups
  region                 = var.region
  tags                   = local.template_tags

  dynamic "instance_market_options" {
    for_each = [for given in try([var.instance_market_options], []) : given if try(length(given) > 0, false)]

    content {
      market_type = try(instance_market_options.value.market_type, null)
    }
  }

  dynamic "network_interfaces" {
    for_each = length(local.network_interfaces) > 0 ? local.network_interfaces : []

    content {
      network_interface_id = try(network_interfaces.value.network_interface_id, null)
      security_groups      = compact(concat(try(coalesce(network_interfaces.value.security_groups, []), []), local.template_groups))
    }
  }

  dynamic "block_device_mappings" {
    for_each = var.block_device_mappings == null ? {} : var.block_device_mappings

    content {
      device_name  = try(block_device_mappings.value.device_name, null)
      virtual_name = try(block_device_mappings.value.virtual_name, null)

      dynamic "ebs" {
        for_each = [for ebs in try([block_device_mappings.value.ebs], []) : ebs if ebs != null]

        content {
          delete_on_termination = try(ebs.value.delete_on_termination, null)
          snapshot_id           = try(ebs.value.snapshot_id, null)
          volume_type           = try(ebs.value.volume_type, null)
        }
      }
    }
  }

  dynamic "placement" {
    for_each = local.placements

    content {
      availability_zone = placement.value.availability_zone
      group_name        = placement.value.group_name
    }
  }
}

output "launch_template_id" { value = try(aws_launch_template.this[0].id, null) }
output "launch_template_arn" { value = try(aws_launch_template.this[0].arn, null) }
output "launch_template_name" { value = try(aws_launch_template.this[0].name, null) }
output "launch_template_latest_version" { value = try(aws_launch_template.this[0].latest_version, null) }
