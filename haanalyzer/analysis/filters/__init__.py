"""What lets packets through: network ACLs and security groups, exactly."""
