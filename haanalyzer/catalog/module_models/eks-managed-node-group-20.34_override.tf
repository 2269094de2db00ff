locals {
  unscheduled_size = null
}
