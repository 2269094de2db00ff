"""What every entry of a ruleset says of itself: identity and prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from haanalyzer.finding import RuleInfo, Severity

Path = tuple[str | int, ...]
"""The keys and indices that lead to something in a ruleset."""


def info_of(entry: Mapping[str, Any]) -> RuleInfo:
    """The identity and prose of the rule that an entry declares."""
    return RuleInfo(
        code=entry["code"],
        slug=entry["slug"],
        title=entry["title"].rstrip("."),
        why=entry["why"].strip(),
        mend=entry["how_to_mend"].strip(),
        references=tuple(entry.get("see_also", ())),
        severity=Severity(entry["severity"]),
        kinds=tuple(entry["kinds"]),
        systems=tuple(entry.get("systems", ())),
        like=tuple(entry.get("like", ())),
    )
