"""Questions to the disk that answer for what may not be looked at, too."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple


class Entry(NamedTuple):
    """A name in a folder; a ``link`` is a symlink, wherever it leads, ``other`` a pipe, socket or device."""

    name: str
    kind: Literal["file", "folder", "link", "other"]


def followed(path: Path) -> Path:
    """The path with its symlinks followed as far as they lead."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop, a name too long, a NUL in the name: reading it says so
        return path


def holds(question: Callable[[], bool]) -> bool:
    """The answer of a path's own test; what may not even be looked at is not there."""
    try:
        return question()
    except (OSError, ValueError):
        return False


def kind_of(entry: os.DirEntry[str]) -> Literal["file", "folder", "link", "other"]:
    """What an entry of a folder is, as `Entry` calls it."""
    if entry.is_symlink():
        return "link"
    if entry.is_dir():
        return "folder"
    return "file" if entry.is_file() else "other"
