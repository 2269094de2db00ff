locals {
  more_sources = {}
}
