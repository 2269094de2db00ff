"""JSON texts as values: what a provider takes as text (policies, alarms' bodies) and we read as maps."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from haanalyzer.values import (
    Absent,
    AttributeOf,
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

# Stand for an unknown part of a text: characters of private use, which no template holds.
_MARK = re.compile("\ue000([0-9]+)\ue001")
_BARE = re.compile("\ue002([0-9]+)\ue001")

_ESCAPED = re.compile(r"\\.", re.DOTALL)
_NEVER_NULL = frozenset({"id", "arn", "name", "Ref", "Arn"})


def in_json(value: Value) -> Value:
    """The map or list that a text spells in JSON; the value itself where it spells none.

    A text with unknown parts is read, too: inside strings, as ``jsonencode`` of one term,
    and bare (``"size": ${var.size}``). What stands bare may be more than one value, which
    leaves the map or list around it open.
    """
    match value:
        case Known(data=str(text)) if _opens(text):
            return _decoded((text,), value)
        case Unknown(term=Concat(parts=(str(start), *_) as parts)) if _opens(start):
            return _decoded(parts, value)
    return value


def _opens(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def _decoded(parts: tuple[str | Term, ...], value: Known | Unknown) -> Value:
    text = ""
    terms: list[Term] = []
    in_string = False
    for part in parts:
        if isinstance(part, str):
            text += part
            in_string ^= _ESCAPED.sub("", part).count('"') % 2 == 1
        else:
            text += f"\ue000{len(terms)}\ue001" if in_string else f'"\ue002{len(terms)}\ue001"'
            terms.append(part)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return value
    return _Reading(terms, value).value_of(data)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What marks stand for, and the text that they were read in."""

    terms: list[Term]
    source: Known | Unknown

    def value_of(self, data: Any) -> Value:
        place, assuming = self.source.place, self.source.assuming
        match data:
            case None:
                return Absent(place=place, assuming=assuming)
            case str() if bare := _BARE.fullmatch(data):
                return self._whole(self.terms[int(bare[1])])
            case str():
                return self._text(data)
            case list():
                more = next(filter(None, map(self._splice, data)), None)
                return ListValue(items=tuple(map(self.value_of, data)), open=more, place=place, assuming=assuming)
            case dict():
                entries = {key: self.value_of(item) for key, item in data.items() if not _MARK.search(key)}
                unnamed = Blocker(str(self.source), place, "a key that is not known")
                spliced = next(filter(None, map(self._splice, data.values())), None)
                more = unnamed if len(entries) < len(data) else spliced
                keys = dict.fromkeys(entries, place)
                return MapValue(entries=entries, keys=keys, open=more, place=place, assuming=assuming)
            case _:
                return Known(data=data, place=place, assuming=assuming)

    def _splice(self, data: Any) -> Blocker | None:
        """What may be more than the one value in whose place it stands."""
        bare = _BARE.fullmatch(data) if isinstance(data, str) else None
        term = self.terms[int(bare[1])] if bare else None
        if term is None or _encoded(term) is not None:
            return None
        return Blocker(str(term), self.source.place, self._reason)

    def _text(self, text: str) -> Value:
        pieces: list[str | Term] = list(_MARK.split(text))
        pieces[1::2] = [self.terms[int(str(index))] for index in pieces[1::2]]
        joined = concat(pieces)
        if isinstance(joined, str):
            return Known(data=joined, place=self.source.place, assuming=self.source.assuming)
        return self._unknown(joined)

    def _whole(self, term: Term) -> Unknown:
        encoded = _encoded(term)
        if encoded is None:
            return self._unknown(Call("jsondecode", (term,)), maybe_absent=True)
        never_null = isinstance(encoded, Concat) or (isinstance(encoded, AttributeOf) and encoded.name in _NEVER_NULL)
        return self._unknown(encoded, maybe_absent=not never_null)

    def _unknown(self, term: Term, *, maybe_absent: bool = False) -> Unknown:
        place, assuming = self.source.place, self.source.assuming
        return Unknown(term=term, reason=self._reason, place=place, assuming=assuming, maybe_absent=maybe_absent)

    @property
    def _reason(self) -> str:
        return self.source.reason if isinstance(self.source, Unknown) else ""


def _encoded(term: Term) -> Term | None:
    """The one term that a text is ``jsonencode`` of."""
    match term:
        case Call(function="jsonencode", arguments=(argument,)) if not isinstance(argument, str | int | float | None):
            return argument
    return None
