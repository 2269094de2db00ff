"""A text with its path; offsets become places here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar, cast

from haanalyzer.source.span import Span

_Answer = TypeVar("_Answer")


class Document:
    """One text file as the frontends see it.

    ``path`` is what findings name (relative to the analysis base, forward
    slashes); ``text`` has no byte order mark, and its line ends are as in the file.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._answers: dict[Callable[[Document], object], object] = {}

    def once(self, question: Callable[[Document], _Answer]) -> _Answer:
        """The answer of a pure question about the text, worked out once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("_Answer", self._answers[question])

    @property
    def line_end(self) -> str:
        """What its lines end with, by the first one."""
        mark = self._line_mark
        at = self.text.find(mark)
        return "\r\n" if mark == "\n" and at > 0 and self.text[at - 1] == "\r" else mark

    @cached_property
    def _line_mark(self) -> str:
        """The last character of each line: a carriage return only where no line feed is, as git and GitHub count."""
        return "\r" if "\n" not in self.text and "\r" in self.text else "\n"

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets of the first character of each line."""
        starts = [0]
        find, mark = self.text.find, self._line_mark
        at = find(mark)
        while at >= 0:
            starts.append(at + 1)
            at = find(mark, at + 1)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a character offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The character offset of a line and column, both from 1."""
        return self.line_starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """The place between two character offsets."""
        line, column = self.position(start)
        if self._ends_on(line, end):
            return Span(self.path, line, column, line, column + end - start)
        return Span(self.path, line, column, *self.position(end))

    def _ends_on(self, line: int, end: int) -> bool:
        starts = self.line_starts
        return line == len(starts) or end < starts[line]

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end; empty past the last line."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class StandIn(Document):
    """A text of ours that speaks for something of the user's: all that is in it is said to be at that one place."""

    def __init__(self, path: str, text: str, place: Span) -> None:
        super().__init__(path, text)
        self._place = place

    def span(self, start: int, end: int) -> Span:  # noqa: ARG002 - wherever it is
        """The place that the text speaks for."""
        return self._place
