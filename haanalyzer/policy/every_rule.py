"""The one list of rules: Python's and those that are declared, the built-in ones and the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from haanalyzer.policy.declared import RulesetError, read_built_in, read_ruleset
from haanalyzer.policy.folder import rulesets
from haanalyzer.rules.kit import Rule
from haanalyzer.rules.registry import python_rules
from haanalyzer.source.diagnostic import Diagnostic

PROFILES = "profiles.yaml"


@cache
def rules() -> tuple[Rule, ...]:
    """Every built-in rule, ordered by code. ValueError when two share a code or a slug."""
    tables = sorted(each.name for each in rulesets().iterdir() if each.name.endswith(".yaml") and each.name != PROFILES)
    found = [*python_rules(), *(rule for name in tables for rule in read_built_in(name))]
    for names in ([rule.info.code for rule in found], [rule.info.slug for rule in found]):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two rules share a name: {', '.join(twice)}")
    return tuple(sorted(found, key=lambda rule: rule.info.code))


def own_rules(paths: Iterable[str], base: Path) -> tuple[Rule, ...]:
    """The rules of the user's own files, ordered by code.

    RulesetError with all that is wrong with the files.
    """
    found: list[Rule] = []
    problems: list[Diagnostic] = []
    for path in dict.fromkeys(paths):
        try:
            found += read_ruleset(path, base, (*rules(), *found))
        except RulesetError as error:
            problems += error.problems
    if problems:
        raise RulesetError(problems)
    return tuple(sorted(found, key=lambda rule: rule.info.code))


def rule_named(name: str, among: Sequence[Rule]) -> Rule | None:
    """The rule with this code or slug, in any case."""
    return next((rule for rule in among if name.lower() in (rule.info.code.lower(), rule.info.slug)), None)
