# Whether the subnet has the other ACL is decided elsewhere, so the default one may be in force for nothing.
# undecided: HA201
# undecided: HA201
data "aws_ssm_parameter" "subnet" {
  name = "/network/quarantined-subnet"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_instance" "main" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.main.id
}

resource "aws_default_network_acl" "main" {
  default_network_acl_id = aws_vpc.main.default_network_acl_id
}

resource "aws_network_acl" "quarantine" {
  vpc_id = aws_vpc.main.id
}

resource "aws_network_acl_association" "quarantine" {
  network_acl_id = aws_network_acl.quarantine.id
  subnet_id      = data.aws_ssm_parameter.subnet.value
}
