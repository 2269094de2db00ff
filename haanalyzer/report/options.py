"""How a report is to be rendered; what the doors may choose."""

from __future__ import annotations

from dataclasses import dataclass

from haanalyzer.finding import OUR_LETTERS, RuleInfo

HOME = "https://github.com/haanalyzer/haanalyzer"


@dataclass(frozen=True, slots=True)
class Revision:
    """The commit that was analyzed: the repository's URI, the commit's id and the branch, where known."""

    repository: str
    commit: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a caller may choose of a report's form.

    ``color``, ``width`` and ``encoding`` describe the stream that the text goes to;
    ``show`` has what is listed besides findings: ``undecided`` and ``passed`` checks. ``category``
    and ``revision`` are written into SARIF logs.
    """

    color: bool = False
    width: int = 100
    encoding: str = "utf-8"
    show: frozenset[str] = frozenset()
    category: str | None = None
    revision: Revision | None = None


def rule_page(rule: RuleInfo) -> str | None:
    """The address of a rule's documentation; of a user's own rule the first of its references, if it has any."""
    if rule.code.startswith(OUR_LETTERS):
        return f"{HOME}/blob/main/docs/rules/{rule.slug}.md"
    return next(iter(rule.references), None)
