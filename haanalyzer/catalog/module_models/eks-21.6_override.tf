locals {
  more_ports = {}
}
