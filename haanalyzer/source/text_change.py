"""What git says of a change, in the paths that reports have."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from haanalyzer.source.repository import Change, Repository


class TextChange:
    """The change from a commit to another one, or to the work tree for None.

    Files are named by their paths relative to ``base``, a folder of the work tree or one above it.
    """

    def __init__(self, repository: Repository, before: str, after: str | None, base: Path) -> None:
        self._repository = repository
        self._before = before
        self._after = after
        self._base = base
        self._changes = repository.changes(before, after)
        self._touched: dict[str, Sequence[range]] = {}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file that differs, was there only before, or is there only now."""
        return frozenset(self._name(path) for change in self._changes for path in change if path is not None)

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The new path of each file that has another one, by its old path."""
        return {old: new for new, old in self.former.items() if old}

    @cached_property
    def former(self) -> Mapping[str, str | None]:
        """The old path of each file that has another one now, by its new path; None where there was no such file."""
        differing = ((new, each) for new, each in self._by_new_path.items() if each.before != each.after)
        return {new: None if each.before is None else self._name(each.before) for new, each in differing}

    @cached_property
    def _by_new_path(self) -> Mapping[str, Change]:
        return {self._name(each.after): each for each in self._changes if each.after is not None}

    def touched(self, path: str) -> Sequence[range]:
        """The lines of a file, as it is after the change, that the change wrote; none where it wrote none."""
        if path not in self._touched:
            self._touched[path] = self._lines_of(self._by_new_path.get(path))
        return self._touched[path]

    def _lines_of(self, change: Change | None) -> Sequence[range]:
        if change is None:
            return ()
        if change.before is None:
            return (range(1, sys.maxsize),)
        return self._repository.touched_lines(change, self._before, self._after)

    def _name(self, path: str) -> str:
        return os.path.relpath(self._repository.top / path, self._base).replace(os.sep, "/")
