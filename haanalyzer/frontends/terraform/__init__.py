"""Terraform: syntax, evaluation, functions, modules."""
