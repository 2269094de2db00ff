"""Terraform's states: where roots keep theirs, and what they read of each other's."""
