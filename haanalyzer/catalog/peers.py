"""What other tools check: which of their checks ask the same question.

The table is ``peer_checks.csv``: a name for each question, the service, whether a template
alone can answer it, and the checks, as ``tool:check|check``, of tools that read code and of
those that read accounts (AWS Config, Security Hub, Trusted Advisor, Azure's counterparts).
Collected from the tools' own rule lists in August to November 2026.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PeerCheck:
    """One question; ``of_code`` and ``of_accounts`` are pairs of a tool and the name of its check."""

    name: str
    service: str
    is_static: bool
    of_code: tuple[tuple[str, str], ...]
    of_accounts: tuple[tuple[str, str], ...]


@cache
def peer_checks() -> Mapping[str, PeerCheck]:
    """Every question by its name."""
    text = files("haanalyzer.catalog").joinpath("peer_checks.csv").read_text("utf-8")
    return {row["check"]: _check(row) for row in csv.DictReader(text.splitlines())}


def checks_like(name: str) -> list[PeerCheck]:
    """The questions that a check of another tool asks: by its name, with or without the tool's, in any case."""
    wanted = name.lower()
    return [
        check
        for check in peer_checks().values()
        if check.name == wanted
        or any(
            wanted in (theirs.lower(), f"{tool}:{theirs}".lower()) for tool, theirs in check.of_code + check.of_accounts
        )
    ]


def _check(row: Mapping[str, str]) -> PeerCheck:
    return PeerCheck(
        name=row["check"],
        service=row["service"],
        is_static=row["decided_before_deployment"] == "yes",
        of_code=_pairs(row["of_code"]),
        of_accounts=_pairs(row["of_accounts"]),
    )


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """``checkov:CKV_AWS_1|CKV_AWS_2; kics:…`` as pairs."""
    tools = (part.strip().partition(":") for part in text.split(";") if part.strip())
    return tuple((tool, check) for tool, _, checks in tools for check in checks.split("|"))
