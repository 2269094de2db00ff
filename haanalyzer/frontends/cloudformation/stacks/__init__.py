"""Stacks: uses of a template, those nested in them, and what they read of each other."""
