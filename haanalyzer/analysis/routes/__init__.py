"""Where packets are sent: route tables, ways out, endpoints, and who stands there."""
