"""Places as the client counts them: lines from 0, characters in the units that were agreed on."""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


class Positions:
    """Converts between our offsets, which count code points, and a client's positions."""

    def __init__(self, codec: PositionCodec) -> None:
        self._codec = codec

    def range(self, document: Document, start: int, end: int) -> Range:
        """The stretch between two offsets."""
        return Range(self.position(document, start), self.position(document, end))

    def range_of(self, document: Document, span: Span) -> Range:
        """The whole of a span; what lies past the end of the text is its end."""
        return self.range(document, *(_offset(document, *at) for at in (span[1:3], span[3:5])))

    def position(self, document: Document, offset: int) -> Position:
        """An offset as the client counts."""
        starts = document.once(client_line_starts)
        line = bisect_right(starts, offset) - 1
        return Position(line, self._units(document.text[starts[line] : offset]))

    def offset(self, document: Document, position: Position) -> int:
        """A position as an offset; past the end of a line or of the text, that end."""
        starts = document.once(client_line_starts)
        if position.line >= len(starts):
            return len(document.text)
        start = starts[position.line]
        end = starts[position.line + 1] if position.line + 1 < len(starts) else len(document.text)
        line = document.text[start:end].rstrip("\r\n")
        if line.isascii():
            return start + min(position.character, len(line))
        units = 0
        for at, character in enumerate(line):
            if units >= position.character:
                return start + at
            units += self._units(character)
        return start + len(line)

    def _units(self, text: str) -> int:
        return len(text) if text.isascii() else int(self._codec.client_num_units(text))


def client_line_starts(document: Document) -> tuple[int, ...]:
    """Offsets of the lines' first characters; in the protocol a lone carriage return ends a line, too."""
    if document.text.count("\r") == document.text.count("\r\n"):
        return document.line_starts
    return (0, *(found.end() for found in _LINE_END.finditer(document.text)))


def _offset(document: Document, line: int, column: int) -> int:
    if line > len(document.line_starts):
        return len(document.text)
    return min(document.offset(line, column), len(document.text))
