# Nothing here makes backups: a plan of the account may take the volume in.
# undecided: HA420
resource "aws_ebs_volume" "documents" {
  availability_zone = "eu-west-1a"
  size              = 200
}
