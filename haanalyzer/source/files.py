"""Reading files: what may be read, how large, and what a failure says."""
