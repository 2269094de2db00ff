"""Expressions to values: known, absent, a choice, or unknown with a reason."""
