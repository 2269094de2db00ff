"""Finds the rules that are written in Python: every module of this package that defines one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import haanalyzer.rules
from haanalyzer.rules.kit import Rule


@cache
def python_rules() -> tuple[Rule, ...]:
    """Every rule of this package, in order of its modules' names."""
    modules = [import_module(f"haanalyzer.rules.{each.name}") for each in iter_modules(haanalyzer.rules.__path__)]
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))
