locals {
  module_tags          = {}
  knows_geneve         = true
  fills_ports          = true
  redirects_come_first = false

  rule_names = merge([
    for direction, rules in { ingress = var.security_group_ingress_rules, egress = var.security_group_egress_rules } : {
      for key, rule in rules == null ? {} : rules :
      "${direction}/${key}" => { Name = coalesce(try(rule.name, null), "${local.group_name}-${key}") }
    }
  ]...)
}
