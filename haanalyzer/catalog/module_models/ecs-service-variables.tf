variable "create" {
  default  = true
  nullable = false
}
variable "create_service" {
  default  = true
  nullable = false
}
variable "create_task_definition" {
  default  = true
  nullable = false
}
variable "create_security_group" {
  default  = true
  nullable = false
}
variable "ignore_task_definition_changes" {
  default  = false
  nullable = false
}
variable "name" { default = "" }
variable "cluster_arn" {
  default  = ""
  nullable = false
}
variable "launch_type" {
  default  = "FARGATE"
  nullable = false
}
variable "scheduling_strategy" { default = null }
variable "desired_count" { default = 1 }
variable "capacity_provider_strategy" { default = null }
variable "ordered_placement_strategy" { default = null }
variable "availability_zone_rebalancing" { default = null }
variable "network_mode" {
  default  = "awsvpc"
  nullable = false
}
variable "subnet_ids" {
  default  = []
  nullable = false
}
variable "vpc_id" { default = null }
variable "load_balancer" { default = null }
variable "health_check_grace_period_seconds" { default = null }
variable "deployment_controller" { default = null }
variable "deployment_configuration" { default = null }
variable "deployment_circuit_breaker" { default = null }
variable "deployment_minimum_healthy_percent" { default = 66 }
variable "deployment_maximum_percent" { default = 200 }
variable "alarms" { default = null }
variable "family" { default = null }
variable "task_definition_arn" { default = null }
variable "requires_compatibilities" {
  default  = ["FARGATE"]
  nullable = false
}
variable "enable_autoscaling" {
  default  = true
  nullable = false
}
variable "autoscaling_min_capacity" {
  default  = 1
  nullable = false
}
variable "autoscaling_max_capacity" {
  default  = 10
  nullable = false
}
variable "autoscaling_policies" {
  default = {
    cpu    = { target_tracking_scaling_policy_configuration = {} }
    memory = { target_tracking_scaling_policy_configuration = {} }
  }
  nullable = false
}
variable "autoscaling_scheduled_actions" { default = null }
variable "security_group_ids" {
  default  = []
  nullable = false
}
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" {
  default  = true
  nullable = false
}
variable "security_group_ingress_rules" {
  default  = {}
  nullable = false
}
variable "security_group_egress_rules" {
  default  = {}
  nullable = false
}
variable "security_group_tags" {
  default  = {}
  nullable = false
}
variable "region" { default = null }
variable "tags" {
  default  = {}
  nullable = false
}
variable "service_tags" {
  default  = {}
  nullable = false
}
variable "task_tags" {
  default  = {}
  nullable = false
}
