"""Places as reports show them: on one line, in the units a reader counts in, with the text around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from haanalyzer.report.line_hash import line_hashes
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of one line: ``text`` is the whole line, ``start`` and ``end`` are offsets in it, the end exclusive."""

    line: int
    text: str
    start: int
    end: int

    @property
    def marked(self) -> str:
        return self.text[self.start : self.end]

    @property
    def utf16_columns(self) -> tuple[int, int]:
        """Start and end column from 1, counted in UTF-16 units."""
        return _utf16_length(self.text[: self.start]) + 1, _utf16_length(self.text[: self.end]) + 1


class Sources:
    """The texts that places lie in. A file that could not be read has none."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._texts = {path: SourceText(document) for path, document in documents.items()}

    def text(self, path: str) -> SourceText | None:
        return self._texts.get(path)

    def stretch(self, span: Span) -> Stretch | None:
        """The part of its first line that a span covers; None where the text is not at hand."""
        source = self._texts.get(span.path)
        return source.stretch(span) if source else None


class SourceText:
    """One document, asked line by line."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _hashes(self) -> list[str]:
        return line_hashes(self._document.text)

    @property
    def line_count(self) -> int:
        return len(self._document.line_starts)

    def line(self, number: int) -> str:
        return self._document.line(number)

    def fingerprint(self, line: int) -> str | None:
        """GitHub's hash of a line; None past the end."""
        return self._hashes[line - 1] if line <= len(self._hashes) else None

    def stretch(self, span: Span) -> Stretch:
        """The part of its first line that a span covers; an empty span covers what follows it on the line."""
        text = self.line(span.line)
        whole = len(text.rstrip())
        start = min(span.column - 1, whole)
        end = span.end_column - 1 if span.end_line == span.line else whole
        end = min(end, len(text))
        return Stretch(span.line, text, start, end if end > start else whole)


def is_absolute(path: str) -> bool:
    """Whether a path begins at a root or a drive."""
    return path.startswith("/") or path[1:3] == ":/"


def is_above(path: str) -> bool:
    """Whether a file lies outside the base of the analysis, where GitHub sees none."""
    return path.startswith("../") or is_absolute(path)


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
