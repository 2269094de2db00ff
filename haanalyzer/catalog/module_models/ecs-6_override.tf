module "service" {
  version = "~> 6.0"
}
