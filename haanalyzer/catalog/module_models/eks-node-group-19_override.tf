locals {
  has_efa               = false
  makes_placement_group = false
}
