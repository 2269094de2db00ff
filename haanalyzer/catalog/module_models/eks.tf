variable "create" { default = true }
variable "putin_khuylo" { default = true }
variable "vpc_id" { default = null }
variable "subnet_ids" { default = [] }
variable "create_node_security_group" { default = true }
variable "node_security_group_id" { default = "" }
variable "node_security_group_name" { default = null }
variable "node_security_group_use_name_prefix" { default = true }
variable "node_security_group_enable_recommended_rules" { default = true }
variable "node_security_group_tags" { default = {} }
variable "region" { default = null }
variable "tags" { default = {} }

# What releases name differently: local.name, version, ip_family, on_outpost, cluster_group_*, more_ports, more_rules.
locals {
  create             = var.create && var.putin_khuylo
  makes_node_group   = var.create && var.create_node_security_group
  node_group_name    = coalesce(var.node_security_group_name, "${local.name}-node")
  node_group_id      = local.makes_node_group ? aws_security_group.node[0].id : var.node_security_group_id
  cluster_group_id   = local.makes_cluster_group ? aws_security_group.cluster[0].id : local.cluster_group_given
  cluster_group_name = coalesce(local.cluster_group_named, "${local.name}-cluster")
  cluster_id         = aws_eks_cluster.this[0].id
  default_group      = aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id

  needed_ports = {
    ingress_cluster_443     = 443
    ingress_cluster_kubelet = 10250
  }
  recommended_ports = merge(local.more_ports, {
    ingress_cluster_4443_webhook = 4443
    ingress_cluster_6443_webhook = 6443
    ingress_cluster_8443_webhook = 8443
    ingress_cluster_9443_webhook = 9443
  })
  needed_rules = merge(
    {
      for name, port in local.needed_ports : name =>
      { type = "ingress", protocol = "tcp", from_port = port, to_port = port, source_cluster_security_group = true }
    },
    {
      ingress_self_coredns_tcp = { type = "ingress", protocol = "tcp", from_port = 53, to_port = 53, self = true }
      ingress_self_coredns_udp = { type = "ingress", protocol = "udp", from_port = 53, to_port = 53, self = true }
    },
  )
  recommended_rules = merge(
    {
      for name, port in local.recommended_ports : name =>
      { type = "ingress", protocol = "tcp", from_port = port, to_port = port, source_cluster_security_group = true }
    },
    {
      ingress_nodes_ephemeral = { type = "ingress", protocol = "tcp", from_port = 1025, to_port = 65535, self = true }
      egress_all = {
        type             = "egress"
        protocol         = "-1"
        from_port        = 0
        to_port          = 0
        cidr_blocks      = ["0.0.0.0/0"]
        ipv6_cidr_blocks = local.ip_family == "ipv6" ? ["::/0"] : null
      }
    },
  )
  node_rules = merge(
    local.more_rules,
    local.needed_rules,
    { for name, rule in local.recommended_rules : name => rule if var.node_security_group_enable_recommended_rules },
    var.node_security_group_additional_rules,
  )
  ingress_nodes_443 = { type = "ingress", protocol = "tcp", from_port = 443, to_port = 443, source_node_security_group = true }
  cluster_rules = merge(
    { for name, rule in { ingress_nodes_443 = local.ingress_nodes_443 } : name => rule if local.makes_node_group },
    local.cluster_group_rules,
  )
}

resource "aws_eks_cluster" "this" {
  count   = local.create ? 1 : 0
  name    = local.name
  version = local.version
  region  = var.region
}

resource "aws_security_group" "cluster" {
  count  = local.makes_cluster_group ? 1 : 0
  name   = local.cluster_group_prefixed ? null : local.cluster_group_name
  vpc_id = var.vpc_id
  region = var.region
  tags   = merge(var.tags, { Name = local.cluster_group_name }, local.cluster_group_tags)
}

resource "aws_security_group_rule" "cluster" {
  for_each          = { for name, rule in local.cluster_rules : name => rule if local.makes_cluster_group }
  security_group_id = aws_security_group.cluster[0].id
  type              = each.value.type
  protocol          = each.value.protocol
  from_port         = each.value.from_port
  to_port           = each.value.to_port
  cidr_blocks       = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks  = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids   = try(each.value.prefix_list_ids, null)
  self              = try(each.value.self, null)
  region            = var.region

  source_security_group_id = (
    try(each.value.source_node_security_group, false)
    ? local.node_group_id
    : try(each.value.source_security_group_id, null)
  )
}

resource "aws_security_group" "node" {
  count  = local.makes_node_group ? 1 : 0
  name   = var.node_security_group_use_name_prefix ? null : local.node_group_name
  vpc_id = var.vpc_id
  region = var.region

  tags = merge(
    var.tags,
    { Name = local.node_group_name, "kubernetes.io/cluster/${local.name}" = "owned" },
    var.node_security_group_tags,
  )
}

resource "aws_security_group_rule" "node" {
  for_each          = { for name, rule in local.node_rules : name => rule if local.makes_node_group }
  security_group_id = aws_security_group.node[0].id
  type              = each.value.type
  protocol          = each.value.protocol
  from_port         = each.value.from_port
  to_port           = each.value.to_port
  cidr_blocks       = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks  = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids   = try(each.value.prefix_list_ids, null)
  self              = try(each.value.self, null)
  region            = var.region

  source_security_group_id = (
    try(each.value.source_cluster_security_group, false)
    ? local.cluster_group_id
    : try(each.value.source_security_group_id, null)
  )
}

output "cluster_arn" { value = try(aws_eks_cluster.this[0].arn, null) }
output "cluster_endpoint" { value = try(aws_eks_cluster.this[0].endpoint, null) }
output "cluster_id" { value = try(aws_eks_cluster.this[0].cluster_id, "") }
output "cluster_name" { value = try(aws_eks_cluster.this[0].name, "") }
output "cluster_version" { value = try(aws_eks_cluster.this[0].version, null) }
output "cluster_primary_security_group_id" { value = try(local.default_group, null) }
output "cluster_security_group_arn" { value = try(aws_security_group.cluster[0].arn, null) }
output "cluster_security_group_id" { value = try(aws_security_group.cluster[0].id, null) }
output "node_security_group_arn" { value = try(aws_security_group.node[0].arn, null) }
output "node_security_group_id" { value = try(aws_security_group.node[0].id, null) }
output "eks_managed_node_groups" { value = module.eks_managed_node_group }
output "self_managed_node_groups" { value = module.self_managed_node_group }
output "eks_managed_node_groups_autoscaling_group_names" {
  value = compact(flatten([for group in module.eks_managed_node_group : group.node_group_autoscaling_group_names]))
}
output "self_managed_node_groups_autoscaling_group_names" {
  value = compact([for group in module.self_managed_node_group : group.autoscaling_group_name])
}
