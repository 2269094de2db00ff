resource "aws_instance" "web" {
  user_data = <<-EOT
    #!/bin/sh
}
