"""Text to syntax: blocks and attributes, expressions when they are asked for, in HCL and in JSON."""
