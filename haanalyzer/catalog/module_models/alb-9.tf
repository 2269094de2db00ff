locals {
  module_tags          = { terraform-aws-modules = "alb" }
  knows_geneve         = false
  fills_ports          = false
  redirects_come_first = true

  rule_names = merge([
    for direction, rules in { ingress = var.security_group_ingress_rules, egress = var.security_group_egress_rules } : {
      for key, rule in rules == null ? {} : rules : "${direction}/${key}" => {}
    }
  ]...)
}
