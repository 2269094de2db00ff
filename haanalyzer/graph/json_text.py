"""JSON texts as values: what a provider takes as text (policies, alarms' bodies) and we read as maps."""

from __future__ import annotations

import json
import re
from typing import Any

from haanalyzer.values import (
    Absent,
    Blocker,
    Call,
    Concat,
    Known,
    ListValue,
    MapValue,
    Term,
    Unknown,
    Value,
    concat,
)

_MARK = re.compile("\ue000([0-9]+)\ue001")
"""Stands for an unknown part of a text: characters of private use, which no template holds."""


def in_json(value: Value) -> Value:
    """The map or list that a text spells in JSON; the value itself where it spells none.

    A text with unknown parts is read, too, where these stand inside strings or, as
    ``jsonencode`` of one term, for whole values.
    """
    match value:
        case Known(data=str(text)) if text.lstrip()[:1] in ("{", "["):
            return _decoded([text], value)
        case Unknown(term=Concat(parts=parts)) if isinstance(parts[0], str) and parts[0].lstrip()[:1] in ("{", "["):
            return _decoded(list(parts), value)
    return value


def _decoded(parts: list[str | Term], value: Known | Unknown) -> Value:
    terms: list[Term] = []
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
        else:
            text += _marked(part, len(terms))
            terms.append(part.arguments[0] if _encodes_one(part) else part)  # type: ignore[union-attr, arg-type]
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return value
    return _as_value(data, terms, value)


def _encodes_one(term: Term) -> bool:
    return isinstance(term, Call) and term.function == "jsonencode" and len(term.arguments) == 1


def _marked(term: Term, index: int) -> str:
    mark = f"\ue000{index}\ue001"
    return f'"{mark}"' if _encodes_one(term) else mark


def _as_value(data: Any, terms: list[Term], source: Known | Unknown) -> Value:
    place, assuming = source.place, source.assuming
    match data:
        case None:
            return Absent(place=place, assuming=assuming)
        case str():
            return _text(data, terms, source)
        case list():
            items = tuple(_as_value(item, terms, source) for item in data)
            return ListValue(items=items, place=place, assuming=assuming)
        case dict():
            entries = {key: _as_value(item, terms, source) for key, item in data.items() if not _MARK.search(key)}
            more = Blocker(str(source), place, "a key that is not known") if len(entries) < len(data) else None
            keys = dict.fromkeys(entries, place)
            return MapValue(entries=entries, keys=keys, open=more, place=place, assuming=assuming)
        case _:
            return Known(data=data, place=place, assuming=assuming)


def _text(text: str, terms: list[Term], source: Known | Unknown) -> Value:
    pieces: list[str | Term] = []
    for index, piece in enumerate(_MARK.split(text)):
        pieces.append(terms[int(piece)] if index % 2 else piece)
    joined = concat(pieces)
    if isinstance(joined, str):
        return Known(data=joined, place=source.place, assuming=source.assuming)
    reason = source.reason if isinstance(source, Unknown) else ""
    return Unknown(term=joined, reason=reason, place=source.place, assuming=source.assuming)
