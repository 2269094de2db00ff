"""Lists of pairs read as maps (``LoadBalancerAttributes``), and maps of named blocks as lists (``Events``)."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Choice,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Unknown,
    Value,
    assume,
)


def entries_of(named: Value) -> Value:
    """What a map holds, as a list in the order written; what is no map stays what it is."""
    match named:
        case Choice(when_true=when_true, when_false=when_false):
            return replace(named, when_true=entries_of(when_true), when_false=entries_of(when_false))
        case MapValue(entries=entries, open=more, place=place, assuming=assuming):
            return ListValue(items=tuple(entries.values()), open=more, place=place, assuming=assuming)
        case _:
            return named


def value_of(pairs: Value, key: str) -> Value:
    """The value of the pair with this key: Absent where there surely is none, Unknown where there may be one."""
    match pairs:
        case Choice(when_true=when_true, when_false=when_false):
            return replace(pairs, when_true=value_of(when_true, key), when_false=value_of(when_false, key))
        case ListValue(items=items, place=place, assuming=assuming):
            found: Value = _perhaps(pairs.open, key) if pairs.open else Absent(place=place, assuming=assuming)
            for pair in reversed(items):
                found = _first(_if_of(pair, key), found)
            return assume(found, assuming)
        case MapValue(place=place, assuming=assuming):
            return value_of(ListValue(items=(pairs,), place=place, assuming=assuming), key)
        case Absent():
            return pairs
        case Unknown(term=term, reason=reason, place=place):
            return Unknown(term=ItemOf(term, key), reason=reason, place=place, maybe_absent=True)
        case _:
            return _perhaps(Blocker(str(pairs), pairs.place, "not a list of pairs"), key)


def place_of(pairs: Value, key: str) -> Span | None:
    """The line that gives the pair with this key its value; None where no pair surely has it."""
    for pair in pairs.items if isinstance(pairs, ListValue) else ():
        if isinstance(pair, MapValue) and _is_key(pair, key):
            return pair.keys.get("Value", pair.place)
    return None


def _if_of(pair: Value, key: str) -> Value:
    """The value of a pair if it has this key; Absent if it surely has another."""
    match pair:
        case Choice(when_true=when_true, when_false=when_false):
            return replace(pair, when_true=_if_of(when_true, key), when_false=_if_of(when_false, key))
        case MapValue() if isinstance(named := pair.get("Key"), Known):
            if not _is_key(pair, key):
                return Absent(place=pair.place, assuming=named.assuming)
            return assume(pair.get("Value"), named.assuming | pair.assuming)
        case Absent():
            return pair
        case _:
            named = pair.get("Key") if isinstance(pair, MapValue) else pair
            reason = named.reason if isinstance(named, Unknown | Choice) else "not a pair"
            return _perhaps(Blocker(str(named), named.place, reason), key)


def _is_key(pair: MapValue, key: str) -> bool:
    named = pair.get("Key")
    return isinstance(named, Known) and str(named) == key


def _perhaps(blocker: Blocker, key: str) -> Unknown:
    list_ = AttributeOf(f"{blocker.place}:{blocker.place.column}", blocker.term)
    return Unknown(term=ItemOf(list_, key), reason=blocker.reason, place=blocker.place, maybe_absent=True)


def _first(value: Value, otherwise: Value) -> Value:
    """The value, or the other one where it is absent."""
    match value:
        case Absent():
            return assume(otherwise, value.assuming)
        case Choice(when_true=when_true, when_false=when_false):
            return replace(value, when_true=_first(when_true, otherwise), when_false=_first(when_false, otherwise))
        case _:
            return value
