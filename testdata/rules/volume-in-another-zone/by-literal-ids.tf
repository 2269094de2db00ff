# Neither side is declared here: both are named by their ids.
# undecided: HA112
resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  instance_id = "i-0123456789abcdef0"
  volume_id   = "vol-0123456789abcdef0"
}
