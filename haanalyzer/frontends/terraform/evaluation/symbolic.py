"""Values as data, as terms and by branch: what functions, operators and conversion share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from haanalyzer.catalog.regions import fewest_zones
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Scalar,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    ZoneList,
    all_of,
    any_of,
    assumptions,
    first_blocker,
    same,
)

KNOWN_AFTER_APPLY = "known after apply"

SENSITIVE = "sensitive, and not shown"
"""Why a secret is not known to who asks what may be shown."""


class EvaluationError(Exception):
    """Terraform itself would fail here; the message says why, in its words."""


class NotPlainError(Exception):
    """A value is not known through and through."""


def plain(value: Value) -> Any:
    """The value as Python data: scalars, None for null, lists, dicts.

    Raises `NotPlainError` where any part of it is unknown.
    """
    match value:
        case Known(data=float(data)):
            return shortest(data)
        case Known(data=data):
            return data
        case Absent():
            return None
        case ListValue(items=items, open=None):
            return [plain(item) for item in items]
        case MapValue(entries=entries, open=None):
            return {key: plain(entry) for key, entry in entries.items()}
    raise NotPlainError


def shortest(number: float) -> int | float:
    """An int where the number as it is written is whole."""
    return int(Decimal(repr(number))) if number.is_integer() else number


def composed(text: str) -> str:
    """The text as Terraform holds every text: letters and their accents as one character (NFC), no half of a pair."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _HALF_OF_A_PAIR.sub("\ufffd", text))


_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


def value_of(data: Any, place: Span, assuming: frozenset[Assumption] = frozenset()) -> Value:
    """Python data as a value, every part of it at one place. A `Value` inside stays as it is."""
    match data:
        case None:
            return Absent(place=place, assuming=assuming)
        case str():
            return Known(data=composed(data), place=place, assuming=assuming)
        case bool() | int():
            return Known(data=data, place=place, assuming=assuming)
        case float():
            return Known(data=shortest(data), place=place, assuming=assuming)
        case list() | tuple():
            items = tuple(value_of(item, place, assuming) for item in data)
            return ListValue(items=items, place=place, assuming=assuming)
        case dict():
            entries = {str(key): value_of(entry, place, assuming) for key, entry in data.items()}
            return MapValue(entries=entries, keys={}, place=place, assuming=assuming)
        case Known() | Absent() | ListValue() | MapValue() | Choice() | Unknown():
            return data
    raise TypeError(f"not data: {type(data).__name__}")


def term_of(value: Value) -> Term | Scalar | None:
    """What stands for a value among the arguments of a `Call`: equal results mean equal values."""
    match value:
        case Known(data=bool(data)):  # a Python True equals 1, so it cannot stand for itself
            return Symbol("true" if data else "false")
        case Known(data=data):
            return data
        case Absent():
            return None
        case Unknown(term=term):
            return term
        case ListValue(items=items, is_set=is_set, unordered=unordered):
            kind = "set" if is_set else "unordered" if unordered else "list"
            return Call(kind, (*map(term_of, items), *_more(value)))
        case MapValue(entries=entries):
            pairs = (part for key in sorted(entries) for part in (key, term_of(entries[key])))
            return Call("map", (*pairs, *_more(value)))
        case Choice(condition=condition, when_true=when_true, when_false=when_false):
            return Call("if", (condition, term_of(when_true), term_of(when_false)))


def _more(value: ListValue | MapValue) -> tuple[Term, ...]:
    if value.open is None:
        return ()
    return (Call("…", (value.rest,)) if value.rest else Symbol(f"…{value.open.term}"),)


def beyond(value: ListValue | MapValue, more: Blocker, key: int | str) -> Unknown:
    """What an open list or map has at an index or key past those that are certain."""
    term = ItemOf(value.rest or Symbol(more.term), key)
    return Unknown(term=term, reason=more.reason, place=more.place, maybe_absent=True)


def opaque(
    name: str, arguments: Sequence[Value], place: Span, *, minimum: int | None = None, maybe_absent: bool = False
) -> Unknown:
    """The unknown result of a function of these arguments; the reason is that of the first unknown among them."""
    found = first_blocker(*arguments)
    return Unknown(
        term=Call(name, tuple(map(term_of, arguments))),
        reason=found.reason if found else f"{name} is decided when it is deployed",
        place=place,
        assuming=assumptions(*arguments),
        minimum=minimum,
        maybe_absent=maybe_absent,
    )


def blocker_of(value: Value) -> Blocker:
    """What leaves a list open that this unknown value would continue."""
    return first_blocker(value) or Blocker(str(term_of(value)), value.place, "may or may not be there")


def rewrite(value: Value, change: Callable[[Value], Value]) -> Value:
    """The value with every part of it changed, outermost first; what `change` replaces is looked into again."""
    changed = change(value)
    match changed:
        case ListValue(items=items):
            parts = tuple(rewrite(item, change) for item in items)
            return changed if all(map(_is, parts, items)) else replace(changed, items=parts)
        case MapValue(entries=entries):
            named = {key: rewrite(entry, change) for key, entry in entries.items()}
            return changed if all(map(_is, named.values(), entries.values())) else replace(changed, entries=named)
    return changed


def _is(left: object, right: object) -> bool:
    return left is right


def equation(left: Value, right: Value) -> Call:
    """The term of ``left == right``, whichever side was written first."""
    return Call("==", tuple(sorted((term_of(left), term_of(right)), key=lambda term: (str(type(term)), str(term)))))


def equal(left: Value, right: Value) -> Truth:
    """Whether two values of one type are equal: `same`, and into lists and maps.

    An unknown that may not be null differs from null; a whole number from what is below its minimum.
    """
    match left, right:
        case Known(data=int() | float() as mine), Known(data=int() | float() as other):
            return Truth.of(mine == other and isinstance(mine, bool) is isinstance(other, bool))
        case Known(), Known():
            return same(left, right)
        case (Unknown(maybe_absent=False), Absent()) | (Absent(), Unknown(maybe_absent=False)):
            return Truth.NO
        case (Unknown(minimum=int(minimum)), Known(data=int(data))) | (
            Known(data=int(data)),
            Unknown(minimum=int(minimum)),
        ) if data < minimum:
            return Truth.NO
        case ListValue(), ListValue() if left.is_set or right.is_set or left.unordered or right.unordered:
            truth = _within(left, right) & _within(right, left)
            return truth if left.is_set and right.is_set else truth & Truth.MAYBE
        case ListValue(items=mine), ListValue(items=other):
            return _equal_lists(left, right, mine, other)
        case MapValue(entries=named), MapValue(entries=others):
            return _equal_maps(left, right, named, others)
        case (Known() | ListValue(), MapValue()) | (MapValue(), Known() | ListValue()):
            return Truth.NO
        case (Known(), ListValue()) | (ListValue(), Known()):
            return Truth.NO
    return same(left, right)


def _equal_lists(left: ListValue, right: ListValue, mine: tuple[Value, ...], other: tuple[Value, ...]) -> Truth:
    shared = all_of(map(equal, mine, other))
    if (len(mine) < len(other) and not left.open) or (len(other) < len(mine) and not right.open):
        return Truth.NO
    return shared & Truth.MAYBE if left.open or right.open else shared


def _within(left: ListValue, right: ListValue) -> Truth:
    """Whether one set is a part of another."""
    if left.is_set and not left.open and not right.open and len(left.items) > len(right.items):
        return Truth.NO
    beyond = Truth.MAYBE if right.open else Truth.NO
    inside = all_of(beyond | any_of(equal(item, other) for other in right.items) for item in left.items)
    return inside & Truth.MAYBE if left.open else inside


def _equal_maps(left: MapValue, right: MapValue, mine: Any, other: Any) -> Truth:
    if (not left.open and other.keys() - mine.keys()) or (not right.open and mine.keys() - other.keys()):
        return Truth.NO
    shared = all_of(equal(mine[key], other[key]) for key in mine.keys() & other.keys())
    return shared & Truth.MAYBE if left.open or right.open else shared


def distinct_items(items: Sequence[Value]) -> tuple[list[Value], Value | None]:
    """The items without repetition, up to the first that may or may not repeat an earlier one; and that one."""
    kept: list[Value] = []
    scalars: set[tuple[type, Scalar]] = set()
    others: list[Value] = []
    for item in items:
        if isinstance(item, Known):
            if (type(item.data), item.data) in scalars:
                continue
            against = others
        else:
            against = kept
        repeats = [equal(item, earlier) for earlier in against]
        if Truth.YES in repeats:
            continue
        if Truth.MAYBE in repeats:
            return kept, item
        kept.append(item)
        if isinstance(item, Known):
            scalars.add((type(item.data), item.data))
        else:
            others.append(item)
    return kept, None


def part_of(value: Unknown, key: int | str) -> Unknown:
    """An element or entry of what is itself unknown."""
    return Unknown(
        term=ItemOf(value.term, key),
        reason=value.reason,
        place=value.place,
        maybe_absent=not isinstance(value.term, ZoneList),
    )


def zones_of(term: ZoneList, value: Unknown) -> tuple[Value, ...]:
    """The elements that this zone list has in every account."""
    region = term.region if isinstance(term.region, str) else None
    return tuple(part_of(value, index) for index in range(fewest_zones(region)))


def never_empty(value: Unknown) -> bool:
    """Whether an unknown is certainly a text that is neither null nor empty."""
    if value.maybe_absent:
        return False
    match value.term:
        case AttributeOf(name="id" | "arn") | ItemOf(container=ZoneList()):
            return True
        case Concat(parts=parts):
            return any(isinstance(part, str) for part in parts)
    return False
