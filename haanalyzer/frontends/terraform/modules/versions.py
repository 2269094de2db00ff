"""Version constraints of modules, as ranges of releases."""

from __future__ import annotations

import re
from typing import NamedTuple

Release = tuple[int, ...]

_CONSTRAINT = re.compile(r"\s*(=|!=|>=|<=|~>|>|<)?\s*v?(\d+(?:\.\d+)*)(?:[-+][\w.+-]+)?\s*")
_PARTS = 3


class Versions(NamedTuple):
    """The releases from ``first`` on, up to but without ``end``; None for no end."""

    first: Release = ()
    end: Release | None = None

    def meets(self, other: Versions) -> bool:
        """Whether a release may be in both ranges."""
        both = self.within(other)
        return both.end is None or both.first < both.end

    def within(self, other: Versions) -> Versions:
        """The releases that are in both ranges."""
        ends = [end for end in (self.end, other.end) if end is not None]
        return Versions(max(self.first, other.first), min(ends, default=None))


ANY_VERSION = Versions()


def versions(constraint: str) -> Versions | None:
    """The range that a constraint such as ``~> 5.0, != 5.3`` allows; None for a text that is none.

    What only leaves single releases out (``!=``) does not count.
    Source: Terraform's documentation, "Version Constraints".
    """
    allowed = ANY_VERSION
    for part in constraint.split(","):
        match = _CONSTRAINT.fullmatch(part)
        if match is None:
            return None
        allowed = allowed.within(_range(match[1] or "=", tuple(map(int, match[2].split(".")))))
    return allowed


def _range(operator: str, written: Release) -> Versions:
    release = written + (0,) * (_PARTS - len(written))
    match operator:
        case "=":
            return Versions(release, _after(release))
        case ">=":
            return Versions(release)
        case ">":
            return Versions(_after(release))
        case "<":
            return Versions(end=release)
        case "<=":
            return Versions(end=_after(release))
        case "~>" if len(written) > 1:
            *kept, last = written[:-1]
            return Versions(release, (*kept, last + 1))
        case "~>":
            return Versions(release)
    return ANY_VERSION


def _after(release: Release) -> Release:
    """What comes right after a release and before any other."""
    return (*release, 0)
