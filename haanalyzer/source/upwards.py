"""The folders above a folder, as far as its repository goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def upwards(folder: Path) -> Iterator[Path]:
    """A folder and those above it, up to the top of its repository (the nearest that has ``.git``)."""
    for each in (folder, *folder.parents):
        yield each
        if (each / ".git").exists():
            return
