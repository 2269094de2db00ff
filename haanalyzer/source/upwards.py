"""The folders above a folder, as far as its repository goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from haanalyzer.source.disk import followed


def upwards(folder: Path) -> Iterator[Path]:
    """A folder and those above it, up to the top of its repository (the nearest that has ``.git``)."""
    for each in (folder, *folder.parents):
        yield each
        if (each / ".git").exists():
            return


def leads_outside(path: Path, folder: Path) -> bool:
    """Whether a path ends outside of the folder's repository, which may have come from anyone."""
    *_, top = upwards(folder)
    return (top / ".git").exists() and not followed(path).is_relative_to(followed(top))
