"""How a value compares with another one: yes, no or maybe. Neither of them is a choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

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
    same,
)
from haanalyzer.values.numbers import Range, range_of
from haanalyzer.values.questions import any_item, in_every_branch, is_equal, starts_with

BOUNDS: dict[str, Callable[[Range, Range], Truth]] = {
    "equals": Range.equals,
    "at_least": Range.at_least,
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
        mine, other = range_of(value), range_of(operand)
        return BOUNDS[name](mine, other) if mine and other else Truth.MAYBE

    return holds


def _is_number(value: Value) -> bool:
    return range_of(value) is not None or (isinstance(value, Unknown) and not value.maybe_absent)


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


def _starts_with(value: Value, operand: Value) -> Truth:
    if isinstance(operand, Known):
        return starts_with(value, str(operand))
    return Truth.NO if isinstance(value, Absent) else Truth.MAYBE


def _ends(parts: list[object], text: str) -> Truth:
    end = parts[-1]
    if not isinstance(end, str):
        return Truth.MAYBE
    return Truth.YES if end.endswith(text) else Truth.of(text.endswith(end)) & Truth.MAYBE


def _holds_part(parts: list[object], text: str) -> Truth:
    return Truth.YES if any(text in part for part in parts if isinstance(part, str)) else Truth.MAYBE


def _contains(value: Value, operand: Value) -> Truth:
    if isinstance(value, ListValue):
        return any_item(value, lambda each: is_equal(each, operand))
    return _contains_text(value, operand)


_Operator = Callable[[Value, Value], Truth]
_contains_text = _of_texts(lambda text, part: part in text, _holds_part)

OPERATORS: dict[str, _Operator] = {
    "equals": is_equal,
    "one_of": is_equal,
    "at_least": _bound("at_least"),
    "at_most": _bound("at_most"),
    "more_than": _bound("more_than"),
    "less_than": _bound("less_than"),
    "matches": _of_texts(lambda text, pattern: re.fullmatch(pattern, text) is not None, lambda *_: Truth.MAYBE),
    "starts_with": _starts_with,
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
    nothing = all_of(~in_every_branch(part, _is_present) for part in parts)
    return nothing & Truth.MAYBE if more else nothing


STATES: dict[str, Callable[[Value], Truth]] = {
    "absent": lambda value: ~_is_present(value),
    "present": _is_present,
    "empty": _is_empty,
}
"""What `is` may ask of a value."""
