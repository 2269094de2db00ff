"""What our rules are called in cfn-lint."""

from __future__ import annotations

from collections.abc import Iterable

from haanalyzer.finding import OUR_LETTERS, Severity

LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.NOTE: "I"}
"""cfn-lint shows nothing by default whose id begins with another letter, or with I."""

OUR_DIGIT = "9"
"""The thousand that cfn-lint leaves to others."""

NOT_READ = f"{OUR_LETTERS}000"
"""The code of what is no finding: files that could not be read, checks that were not decided."""

OTHER_RULE = f"{OUR_LETTERS}999"
"""The code of all rules that were not known when cfn-lint started."""


def id_of(code: str, severity: Severity) -> str:
    """The id of a rule by its code and what its finding weighs: ``W9101`` for HA101, ``WACME001`` for a user's own."""
    digits = code.removeprefix(OUR_LETTERS)
    return f"{LETTERS[severity]}{OUR_DIGIT}{digits}" if digits.isdecimal() else f"{LETTERS[severity]}{code}"


def is_named(id_: str, prefixes: Iterable[str]) -> bool:
    """Whether one of the prefixes that cfn-lint is given means this rule, rather than all that weigh the same."""
    return any(len(prefix) > 1 and id_.startswith(prefix) for prefix in prefixes)
