"""Texts, and the dynamic references in them that are looked up at deployment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from haanalyzer.frontends.cloudformation.evaluation.symbolic import MalformedError, reason_of
from haanalyzer.source.span import Span
from haanalyzer.values import Concat, Known, Symbol, Term, Unknown, Value, concat

_DYNAMIC = re.compile(r"(\{\{resolve:[^{}]+\}\})")
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
    text = concat([piece for part in parts for piece in _resolved(part)])
    if isinstance(text, str):
        return Known(data=text, place=place)
    return Unknown(term=text, reason=reason_of(sources) or "looked up at deployment", place=place)


def _resolved(part: str | Term) -> list[str | Term]:
    if not isinstance(part, str) or "{{resolve:" not in part:
        return [part]
    return [Symbol(piece) if at % 2 else piece for at, piece in enumerate(_DYNAMIC.split(part))]
