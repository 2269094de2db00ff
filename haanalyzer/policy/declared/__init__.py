"""Declared rules: what an attribute must be, written as data and compiled to the same `Rule` as Python's.

`reader` reads files, `shape` holds them to the schema, `parser` to the catalogue's words; `rule` makes
rules of them. What they are made of: `conditions` and `hops` over a `scene`, which give an `answer`.
"""

from haanalyzer.policy.declared.reader import RulesetError, read_built_in, read_ruleset

__all__ = ["RulesetError", "read_built_in", "read_ruleset"]
