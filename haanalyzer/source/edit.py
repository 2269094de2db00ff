"""Changes to a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Union

from haanalyzer.source.document import Document
from haanalyzer.source.span import Span

Literal = str | bool | int | float | tuple[str, ...]
Wanted = Mapping[str, Union[Literal, "Wanted"]]
"""What a block is to say: literals by their names, and by the names of blocks what those are to say.

A key in brackets (``[deletion_protection.enabled]``) is that of a pair in a list of pairs.
"""


class Edit(NamedTuple):
    """A stretch of a file (empty for an insertion) and the text that takes its place."""

    place: Span
    text: str


class NotEditableError(ValueError):
    """An edit that cannot be made safely; the message says why, as the end of a sentence."""


def wanted(settings: Iterable[tuple[Sequence[str], Literal]]) -> Wanted:
    """Literals by the paths that lead to them, as one tree. NotEditableError where two of them disagree."""
    tree: dict[str, Literal | Wanted] = {}
    for path, value in settings:
        _put(tree, path, value)
    return tree


def _put(tree: dict[str, Literal | Wanted], path: Sequence[str], value: Literal) -> None:
    name, *rest = path
    if rest:
        inner = tree.setdefault(name, {})
        if isinstance(inner, dict):
            _put(inner, rest, value)
            return
    elif tree.setdefault(name, value) == value:
        return
    raise NotEditableError(f"two changes of `{name}` disagree")


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


def line_end(text: str, at: int) -> int:
    """The offset of the end of a line, past whatever follows on it."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if text[at:end].endswith("\r") else end


def shortened(text: str) -> str:
    """A piece of source on one line, cut where it is too long to be read in a sentence."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


_LONGEST = 60


def _offsets(document: Document, place: Span) -> tuple[int, int]:
    return document.offset(place.line, place.column), document.offset(place.end_line, place.end_column)
