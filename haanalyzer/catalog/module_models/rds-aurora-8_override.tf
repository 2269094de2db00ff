variable "backup_retention_period" { default = 7 }
