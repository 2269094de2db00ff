"""Changes to a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from haanalyzer.source.document import Document
from haanalyzer.source.span import Span


class Edit(NamedTuple):
    """A stretch of a file (empty for an insertion) and the text that takes its place."""

    place: Span
    text: str


class NotEditableError(ValueError):
    """An edit that cannot be made safely; the message says why, as the end of a sentence."""


def edited(document: Document, edits: Iterable[Edit]) -> str:
    """The text of a document with edits made, of which equal ones are made once.

    NotEditableError where two overlap. Insertions at one place follow in the order given.
    """
    text = document.text
    pieces: list[str] = []
    at = 0
    for start, end, replacement in sorted(
        ((*_offsets(document, edit.place), edit.text) for edit in dict.fromkeys(edits)), key=lambda each: each[:2]
    ):
        if start < at:
            raise NotEditableError(f"two changes overlap at {document.path}:{document.position(start)[0]}")
        pieces += (text[at:start], replacement)
        at = end
    return "".join((*pieces, text[at:]))


def _offsets(document: Document, place: Span) -> tuple[int, int]:
    return document.offset(place.line, place.column), document.offset(place.end_line, place.end_column)
