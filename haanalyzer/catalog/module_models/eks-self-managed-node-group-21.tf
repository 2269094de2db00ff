locals {
  template_groups = compact(concat([var.cluster_primary_security_group_id], var.vpc_security_group_ids))
  instance_type   = var.instance_requirements != null ? null : var.instance_type
  overrides       = try(coalesce(var.mixed_instances_policy.launch_template.override, []), [])
}
