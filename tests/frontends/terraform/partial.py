"""Data of which only a part is known, and whether an answer on the part allows for the answer on the whole.

Every unknown made here tells what it stands for, and every condition how it comes out: so not only must an answer
not say more than it can know, its terms must stand for what they say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from calling import ELSEWHERE, HERE, ask, unknown
from hypothesis import strategies as st

from haanalyzer.frontends.terraform.evaluation.operators import binary, unary
from haanalyzer.frontends.terraform.evaluation.scalars import to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain, value_of
from haanalyzer.frontends.terraform.functions import implementations
from haanalyzer.values import (
    Absent,
    Blocker,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Term,
    Unknown,
    Value,
)

_OUTCOMES = {"var.yes": True, "var.no": False}


class MysteryError(Exception):
    """A term that stands for nothing which could be computed here."""


@st.composite
def partly(draw: st.DrawFn, value: Value, other: st.SearchStrategy[Any]) -> Value:
    """The value with any of its parts unknown, open or one branch of a choice; ``other`` is what a branch may be."""
    match draw(st.sampled_from(["known", "known", "inside", "inside", "inside", "unknown", "choice"])):
        case "unknown":
            return draw(_unknown(value))
        case "choice":
            inner = draw(partly(value, other))
            name = draw(st.sampled_from(sorted(_OUTCOMES)))
            wrong = value_of(draw(other), HERE)
            branches = (inner, wrong) if _OUTCOMES[name] else (wrong, inner)
            return Choice(condition=Symbol(name), reason="?", when_true=branches[0], when_false=branches[1], place=HERE)
        case "inside":
            return draw(_inside(value, other))
    return value


@st.composite
def _unknown(draw: st.DrawFn, value: Value) -> Unknown:
    data = plain(value)
    kind = "set" if isinstance(value, ListValue) and value.is_set else type(data).__name__
    found = unknown(f"{kind} {data!r}", maybe_absent=data is None or draw(st.booleans()))
    _STANDS_FOR[found.term] = value
    if isinstance(data, list):
        return replace(found, many=not found.maybe_absent and draw(st.booleans()))
    if isinstance(data, int) and not isinstance(data, bool) and not found.maybe_absent and draw(st.booleans()):
        return replace(found, minimum=data - draw(st.integers(0, 2)))
    return found


_STANDS_FOR: dict[Term, Value] = {}


@st.composite
def _inside(draw: st.DrawFn, value: Value, other: st.SearchStrategy[Any]) -> Value:
    # What may follow in one collection is nothing that may follow in another.
    blocker = Blocker(f"var.more_than_{value}", ELSEWHERE, "?")
    more = blocker if draw(st.booleans()) else None
    match value:
        case ListValue(items=items):
            kept = items[: draw(st.integers(0, len(items)))] if more else items
            parts = tuple(draw(partly(item, other)) for item in kept)
            if value.is_set and any(part is not item for part, item in zip(parts, kept, strict=True)):
                more = more or blocker
                parts = tuple(part for part, item in zip(parts, kept, strict=True) if part is item)
            return replace(value, items=parts, open=more)
        case MapValue(entries=entries):
            names = sorted(entries)
            names = names[: draw(st.integers(0, len(names)))] if more else names
            return replace(value, entries={name: draw(partly(entries[name], other)) for name in names}, open=more)
    return value


def allows(found: Value, whole: Value) -> bool:
    """Whether the answer ``found`` may turn out to be ``whole``, which is known through and through."""
    match found:
        case Choice(condition=Symbol(name=name)) if name in _OUTCOMES:
            return allows(found.when_true if _OUTCOMES[name] else found.when_false, whole)
        case Choice():
            return allows(found.when_true, whole) or allows(found.when_false, whole)
        case Unknown():
            return _allowed_by_bounds(found, whole) and _allowed_by_term(found.term, whole)
        case ListValue(items=items, open=more):
            if not isinstance(whole, ListValue) or len(items) > len(whole.items):
                return False
            if more is None and len(items) < len(whole.items):
                return False
            if found.is_set or found.unordered or whole.is_set:
                return all(any(allows(item, one) for one in whole.items) for item in items)
            return all(map(allows, items, whole.items))
        case MapValue(entries=entries, open=more):
            if not isinstance(whole, MapValue) or entries.keys() - whole.entries.keys():
                return False
            if more is None and whole.entries.keys() - entries.keys():
                return False
            return all(allows(entry, whole.entries[key]) for key, entry in entries.items())
        case Absent():
            return isinstance(whole, Absent)
    return isinstance(whole, Known) and _alike(found.data, whole.data)


def _alike(left: Any, right: Any) -> bool:
    """Whether two scalars are one: their type may hang on what is unknown, and an unknown keeps its term through it."""
    return left == right or to_text(left) == to_text(right) or {to_text(left), to_text(right)} in _ONE_TRUTH


_ONE_TRUTH = ({"true", "1"}, {"false", "0"})


def _allowed_by_bounds(found: Unknown, whole: Value) -> bool:
    if isinstance(whole, Absent):
        return found.maybe_absent
    if found.many and not isinstance(whole, ListValue):
        return False
    if found.minimum is None:
        return True
    try:
        return isinstance(whole, Known) and float(whole.data) >= found.minimum
    except ValueError:
        return False


def _allowed_by_term(term: Term, whole: Value) -> bool:
    if isinstance(term, Concat) and not (isinstance(whole, Known) and _matches(term, to_text(whole.data))):
        return False
    try:
        return allows(stands_for(term), whole)
    except MysteryError:
        return True


def _matches(term: Concat, text: str) -> bool:
    pattern = "".join(re.escape(part) if isinstance(part, str) else ".*" for part in term.parts)
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def stands_for(term: Any) -> Value:
    """What a term says that it is. Raises `MysteryError`."""
    match term:
        case Symbol(name="true" | "false"):
            return value_of(term.name == "true", HERE)
        case Symbol() if term in _STANDS_FOR:
            return _STANDS_FOR[term]
        case Concat(parts=parts):
            return value_of("".join(_text(stands_for(part)) for part in parts), HERE)
        case ItemOf(container=container, key=key):
            return _item(stands_for(container), key)
        case Call(function="list", arguments=arguments):
            return ListValue(items=tuple(map(stands_for, arguments)), place=HERE)
        case Call(function="map", arguments=arguments) if len(arguments) % 2 == 0:
            named = zip(arguments[::2], arguments[1::2], strict=True)
            entries = {_text(stands_for(key)): stands_for(part) for key, part in named}
            return MapValue(entries=entries, keys={}, place=HERE)
        case Call(function="map" | "set" | "unordered" | "if"):
            raise MysteryError
        case Call(function=name, arguments=arguments):
            return _called(name, [stands_for(argument) for argument in arguments])
        case str() | bool() | int() | float() | None:
            return value_of(term, HERE)
    raise MysteryError


def _text(value: Value) -> str:
    if not isinstance(value, Known):
        raise MysteryError
    return to_text(value.data)


def _item(container: Value, key: int | str) -> Value:
    match container, key:
        case ListValue(items=items), int() if key < len(items):
            return items[key]
        case MapValue(entries=entries), str() if key in entries:
            return entries[key]
        case ListValue(), int():
            return Absent(place=HERE)
    raise MysteryError


def _called(name: str, arguments: list[Value]) -> Value:
    try:
        match arguments:
            case [left, right] if name in _BINARY:
                found = binary(name, left, right, HERE)
            case [operand] if name in ("!", "-"):
                found = unary(name, operand, HERE)
            case _ if name in implementations():
                found = ask(name, *arguments)
            case _:
                raise MysteryError
        plain(found)
    except (EvaluationError, NotPlainError):
        raise MysteryError from None
    return found


_BINARY = frozenset({"+", "-", "*", "/", "%", "<", "==", "&&", "||"})
