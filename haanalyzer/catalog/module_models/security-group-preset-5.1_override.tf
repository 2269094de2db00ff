module "sg" { version = "5.1.2" }
