# The check is that of the interface the instance was given.
variable "image_id" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "table_id" {
  type = string
}

resource "aws_network_interface" "outside" {
  subnet_id         = var.subnet_id
  source_dest_check = false
}

resource "aws_instance" "nat" {
  ami           = var.image_id
  instance_type = "t3.small"

  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.outside.id
  }
}

resource "aws_route" "default" {
  route_table_id         = var.table_id
  destination_cidr_block = "0.0.0.0/0"
  instance_id            = aws_instance.nat.id
}
