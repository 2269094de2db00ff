locals {
  instance_type = null
}
