"""Texts, and the dynamic references in them that are looked up at deployment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from haanalyzer.frontends.cloudformation.evaluation.symbolic import MalformedError, reason_of
from haanalyzer.source.span import Span
from haanalyzer.values import Call, Concat, Known, Symbol, Term, Unknown, Value, concat

_OPENING, _CLOSING = "{{resolve:", "}}"
_MARKS = re.compile(r"(\{\{resolve:|\}\})")
_MOST_PARTS = 2_000
_LONGEST = 1_000_000


def text_value(parts: Sequence[str | Term], place: Span, sources: Sequence[Value] = ()) -> Value:
    """A text of these parts: known, or the term that every equal text has.

    ``sources`` are the values the parts came from; they give the reason. Raises
    MalformedError for a text past all reason.
    """
    count = sum(len(part.parts) if isinstance(part, Concat) else 1 for part in parts)
    if count > _MOST_PARTS or sum(len(part) for part in parts if isinstance(part, str)) > _LONGEST:
        raise MalformedError("a shorter text")
    text = concat(list(parts))
    if any(isinstance(part, str) and "{" in part for part in parts):
        text = concat(list(_looked_up(text.parts if isinstance(text, Concat) else (text,))))
    if isinstance(text, str):
        return Known(data=text, place=place)
    return Unknown(term=text, reason=reason_of(sources) or "looked up at deployment", place=place)


def _looked_up(parts: Sequence[str | Term]) -> Iterator[str | Term]:
    """The parts, with a term for each dynamic reference, which may hold what is unknown itself."""
    reference: list[str | Term] = []
    for part in parts:
        if not isinstance(part, str):
            if reference:
                reference.append(part)
            else:
                yield part
            continue
        for piece in _MARKS.split(part):
            if reference or piece == _OPENING:
                reference.append(piece)
            else:
                yield piece
            if reference and piece == _CLOSING:
                yield _reference(concat(reference))
                reference = []
    yield from reference


def _reference(text: str | Term) -> Term:
    return Symbol(text) if isinstance(text, str) else Call("resolve", (text,))
