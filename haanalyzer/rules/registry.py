"""Finds the rules: every module of this package that defines one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import haanalyzer.rules
from haanalyzer.rules.kit import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every built-in rule, ordered by code. ValueError when two share a code or a slug."""
    modules = [import_module(f"haanalyzer.rules.{each.name}") for each in iter_modules(haanalyzer.rules.__path__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    for names in ([rule.info.code for rule in found], [rule.info.slug for rule in found]):
        if len(set(names)) != len(names):
            raise ValueError(f"two rules share a name: {sorted(names)}")
    return tuple(sorted(found, key=lambda rule: rule.info.code))


def rule_named(name: str) -> Rule | None:
    """The rule with this code or slug, in any case."""
    return next((rule for rule in rules() if name.lower() in (rule.info.code.lower(), rule.info.slug)), None)
