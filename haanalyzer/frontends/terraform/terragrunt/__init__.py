"""Terragrunt's units: a module, and what its ``terragrunt.hcl`` passes to it."""
