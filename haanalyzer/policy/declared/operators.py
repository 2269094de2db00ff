"""How a value compares with another one: yes, no or maybe. Neither of them is a choice."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from haanalyzer.graph.relations import IDENTIFIERS
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Concat,
    Known,
    ListValue,
    MapValue,
    Truth,
    Unknown,
    Value,
    all_of,
    alternatives,
    any_of,
    same,
)


class Interval(NamedTuple):
    """A number that is known within bounds."""

    least: float
    most: float

    def at_least(self, other: Interval) -> Truth:
        if self.least >= other.most:
            return Truth.YES
        return Truth.NO if self.most < other.least else Truth.MAYBE

    def equals(self, other: Interval) -> Truth:
        if self.least == self.most == other.least == other.most:
            return Truth.YES
        return Truth.NO if self.most < other.least or self.least > other.most else Truth.MAYBE


def interval_of(value: Value) -> Interval | None:
    """The bounds of a number, or of a text that spells one; None for what is surely, or perhaps, no number."""
    match value:
        case Known(data=bool()):
            return None
        case Known(data=data):
            try:
                number = float(data)
            except ValueError:
                return None
            return Interval(number, number) if math.isfinite(number) else None
        case Unknown(minimum=int(least), maybe_absent=False):
            return Interval(least, math.inf)
    return None


BOUNDS: dict[str, Callable[[Interval, Interval], Truth]] = {
    "equals": Interval.equals,
    "at_least": Interval.at_least,
    "at_most": lambda mine, other: other.at_least(mine),
    "more_than": lambda mine, other: ~other.at_least(mine),
    "less_than": lambda mine, other: ~mine.at_least(other),
}
"""What can be said of a number, such as a count."""


def _bound(name: str) -> Callable[[Value, Value], Truth]:
    def holds(value: Value, operand: Value) -> Truth:
        if isinstance(value, Absent):
            return Truth.NO
        if same(value, operand) is Truth.YES:
            return Truth.of(name in ("at_least", "at_most")) if _is_number(value) else Truth.MAYBE
        mine, other = interval_of(value), interval_of(operand)
        return BOUNDS[name](mine, other) if mine and other else Truth.MAYBE

    return holds


def _is_number(value: Value) -> bool:
    return interval_of(value) is not None or (isinstance(value, Unknown) and not value.maybe_absent)


def _equals(value: Value, operand: Value) -> Truth:
    if isinstance(value, Known) and isinstance(operand, Known) and isinstance(operand.data, bool):
        text = str(value).lower()
        return Truth.of((text == "true") is operand.data) if text in ("true", "false") else Truth.MAYBE
    mine, other = interval_of(value), interval_of(operand)
    if mine and other and not (_is_text(value) and _is_text(operand)):  # versions 5.1 and 5.10 are two
        return mine.equals(other)
    return same(value, operand)


def _is_text(value: Value) -> bool:
    return isinstance(value, Known) and isinstance(value.data, str)


def _of_texts(of_known: Callable[[str, str], bool], of_parts: Callable[[list[object], str], Truth]) -> _Operator:
    def holds(value: Value, operand: Value) -> Truth:
        match value, operand:
            case Absent(), _:
                return Truth.NO
            case Known(), Known():
                return Truth.of(of_known(str(value), str(operand)))
            case Unknown(term=Concat(parts=parts), maybe_absent=absent), Known():
                truth = of_parts(list(parts), str(operand))
                return truth & Truth.MAYBE if absent else truth
        return Truth.MAYBE

    return holds


def _begins(parts: list[object], text: str) -> Truth:
    start = parts[0]
    if not isinstance(start, str):
        return Truth.MAYBE
    return Truth.YES if start.startswith(text) else Truth.of(text.startswith(start)) & Truth.MAYBE


def _ends(parts: list[object], text: str) -> Truth:
    end = parts[-1]
    if not isinstance(end, str):
        return Truth.MAYBE
    return Truth.YES if end.endswith(text) else Truth.of(text.endswith(end)) & Truth.MAYBE


def _holds_part(parts: list[object], text: str) -> Truth:
    return Truth.YES if any(text in part for part in parts if isinstance(part, str)) else Truth.MAYBE


def _contains(value: Value, operand: Value) -> Truth:
    if isinstance(value, ListValue):
        found = any_of(_of_any(item, lambda each: _equals(each, operand)) for item in value.items)
        return found | Truth.MAYBE if value.open else found
    return _contains_text(value, operand)


_Operator = Callable[[Value, Value], Truth]
_contains_text = _of_texts(lambda text, part: part in text, _holds_part)

OPERATORS: dict[str, _Operator] = {
    "equals": _equals,
    "one_of": _equals,
    "at_least": _bound("at_least"),
    "at_most": _bound("at_most"),
    "more_than": _bound("more_than"),
    "less_than": _bound("less_than"),
    "matches": _of_texts(lambda text, pattern: re.fullmatch(pattern, text) is not None, lambda *_: Truth.MAYBE),
    "starts_with": _of_texts(str.startswith, _begins),
    "ends_with": _of_texts(str.endswith, _ends),
    "contains": _contains,
}
"""Every operator by its word. What is absent satisfies none of them; the operand of `one_of` is each of a list."""


def _is_present(value: Value) -> Truth:
    match value:
        case Absent():
            return Truth.NO
        case Unknown(maybe_absent=True):
            return Truth.MAYBE
        case _:
            return Truth.YES


def _is_empty(value: Value) -> Truth:
    match value:
        case Absent():
            return Truth.YES
        case Known(data=data):
            return Truth.of(data == "")
        case ListValue(items=parts, open=more):
            return _without(parts, more)
        case MapValue(entries=entries, open=more):
            return _without(entries.values(), more)
        case Unknown(term=Concat(parts=parts), maybe_absent=False) if any(isinstance(part, str) for part in parts):
            return Truth.NO
        case Unknown(term=AttributeOf(name=name), maybe_absent=False) if name in IDENTIFIERS:
            return Truth.NO
        case _:
            return Truth.MAYBE


def _without(parts: Iterable[Value], more: Blocker | None) -> Truth:
    nothing = all_of(~_of_any(part, _is_present) for part in parts)
    return nothing & Truth.MAYBE if more else nothing


def _of_any(value: Value, question: Callable[[Value], Truth]) -> Truth:
    """The answer for an element, which may be a choice."""
    found = {question(each) for each in alternatives(value)}
    return found.pop() if len(found) == 1 else Truth.MAYBE


STATES: dict[str, Callable[[Value], Truth]] = {
    "absent": lambda value: ~_is_present(value),
    "present": _is_present,
    "empty": _is_empty,
}
"""What `is` may ask of a value."""
