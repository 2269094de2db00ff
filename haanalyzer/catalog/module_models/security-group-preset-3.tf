output "this_security_group_id" { value = module.sg.security_group_id }
output "this_security_group_vpc_id" { value = module.sg.security_group_vpc_id }
output "this_security_group_owner_id" { value = module.sg.security_group_owner_id }
output "this_security_group_name" { value = module.sg.security_group_name }
