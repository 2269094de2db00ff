"""What is kept, copied and restored."""
