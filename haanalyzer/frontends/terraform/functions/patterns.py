"""File name patterns as ``fileset`` takes them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

_MOST_ALTERNATIVES = 64
_LONGEST = 1_000
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern by its alternatives, each cut at its slashes. ``**`` stands for any number of folders."""

    alternatives: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str) -> Pattern | None:
        """The pattern, None for one that leads out of its folder, escapes characters, is too long or too rich."""
        if len(text) > _LONGEST:
            return None
        found: list[tuple[str, ...]] = []
        for alternative in _expanded(text):
            parts = tuple(posixpath.normpath(alternative).replace("[^", "[!").split("/"))
            if "\\" in alternative or parts[0] in ("", "..") or len(found) == _MOST_ALTERNATIVES:
                return None
            found.append(parts)
        return cls(tuple(found))

    @property
    def is_deep(self) -> bool:
        """Whether it may match below a folder."""
        return any(len(parts) > 1 or "**" in parts for parts in self.alternatives)

    def matches(self, path: str) -> bool:
        """Whether a relative path is one that is meant."""
        return any(_match(parts, path.split("/")) for parts in self.alternatives)


def _expanded(text: str) -> Iterator[str]:
    """The texts that ``{a,b}`` stands for, innermost braces first."""
    pending = [text]
    while pending:
        current = pending.pop()
        braces = _BRACES.search(current)
        if braces is None:
            yield current
        else:
            choices = braces[1].split(",")
            pending += [f"{current[: braces.start()]}{choice}{current[braces.end() :]}" for choice in choices]


def _match(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Keeps, part by part, how many names may have been used up."""
    used = {0}
    for part in parts:
        if part == "**":
            used = set(range(min(used), len(names) + 1))
        else:
            used = {at + 1 for at in used if at < len(names) and fnmatchcase(names[at], part)}
        if not used:
            return False
    return len(names) in used
