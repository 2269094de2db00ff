# Réseau
resource "aws_vpc" "third" {}
