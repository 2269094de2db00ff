"""What serves, how much of it, and what notices that it does not."""
