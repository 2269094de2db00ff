"""A place in a text, as plain data."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one file.

    Lines and columns count from 1, columns in Unicode code points; the end is
    exclusive. ``path`` is the file's path relative to the analysis base, with
    forward slashes.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def start(self) -> tuple[str, int, int]:
        return self.path, self.line, self.column

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    def first_line(self) -> Span:
        """The same start, ending on the line it starts on.

        A span of several lines ends one column after its start, because only
        the document knows how long the line is.
        """
        if self.end_line == self.line:
            return self
        return self._replace(end_line=self.line, end_column=self.column + 1)


def start_of(path: str) -> Span:
    """The first character of a file: the place of what concerns the whole of it."""
    return Span(path, 1, 1, 1, 1)
