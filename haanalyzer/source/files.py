"""Reading files: what may be read, how large, and what a failure says."""

from __future__ import annotations

import posixpath
from pathlib import Path

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import start_of


class Files:
    """The files of one analysis, named by paths relative to ``base`` with forward slashes.

    A path may lead above the base (``../modules/vpc``) where something on disk names it so.
    """

    def __init__(self, base: Path) -> None:
        self.base = base

    def read(self, path: str) -> Document | Diagnostic:
        """The text of a file, or the one diagnostic that says why there is none."""
        try:
            return Document(path, (self.base / path).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            return Diagnostic(start_of(path), "unreadable-file", f"cannot read this file: {error}")

    def names_in(self, folder: str) -> list[str]:
        """The names in a folder, sorted; empty when there is no such folder."""
        try:
            return sorted(entry.name for entry in (self.base / folder).iterdir())
        except OSError:
            return []

    def is_folder(self, path: str) -> bool:
        return (self.base / path).is_dir()

    def is_file(self, path: str) -> bool:
        return (self.base / path).is_file()

    def real(self, path: str) -> str:
        """The path with symlinks resolved, absolute: what a file or folder is, by whatever name."""
        return str((self.base / path).resolve())


def join(folder: str, name: str) -> str:
    """``folder/name``, normalized: no ``.`` parts, ``..`` applied."""
    return posixpath.normpath(posixpath.join(folder, name))
