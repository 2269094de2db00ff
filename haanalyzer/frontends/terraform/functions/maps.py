"""Functions of maps and objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from haanalyzer.frontends.terraform.evaluation.choices import one_of
from haanalyzer.frontends.terraform.evaluation.scalars import to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, never_empty, part_of
from haanalyzer.frontends.terraform.evaluation.types import is_unordered, unified
from haanalyzer.frontends.terraform.functions.request import Implementation, Request, mapped, on_data, texts
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Unknown,
    Value,
)


def _map_or_unknown(value: Value) -> MapValue | Unknown:
    if isinstance(value, MapValue | Unknown):
        return value
    raise EvaluationError("a map is required")


def _only(request: Request) -> Value:
    if len(request.arguments) != 1:
        raise EvaluationError(f"{request.name} takes one argument")
    return request.arguments[0]


def _keys(request: Request) -> Value:
    """The keys in their order."""
    of = _map_or_unknown(_only(request))
    if isinstance(of, Unknown):
        return request.unknown()
    return _by_key(request, of, {key: Known(data=key, place=of.keys.get(key, of.place)) for key in of.entries})


def _values(request: Request) -> Value:
    """The values in the order of their keys."""
    of = _map_or_unknown(_only(request))
    return request.unknown() if isinstance(of, Unknown) else _by_key(request, of, of.entries)


def _by_key(request: Request, of: MapValue, parts: Mapping[str, Value]) -> Value:
    """Where further entries are possible, those that are certain may stand anywhere among them."""
    if of.open and not parts:
        return request.unknown()
    return replace(request.list((parts[key] for key in sorted(parts)), of.open), unordered=of.open is not None)


def _lookup(request: Request) -> Value:
    if not 2 <= len(request.arguments) <= 3:
        raise EvaluationError("lookup takes a map, a key and a default")
    container, wanted, *default = request.arguments
    of = _map_or_unknown(container)
    if isinstance(wanted, Known):
        key = to_text(wanted.data)
        return _entry(request, of, key, default[0] if default else None)
    if not isinstance(wanted, Unknown):
        raise EvaluationError("the key of lookup is a string")
    found = None
    if isinstance(of, MapValue) and of.open is None:
        found = one_of(of.entries, wanted, default[0] if default else None, keep_failures=request.may_fail)
    return found or request.unknown(maybe_absent=True)


def _entry(request: Request, of: MapValue | Unknown, key: str, default: Value | None) -> Value:
    if isinstance(of, MapValue):
        if key in of.entries:
            return request.element(of.entries[key])
        if of.open is None and default is not None:
            return request.element(default)
        if of.open is None:
            raise EvaluationError(f'the map has no element "{key}"')
    elif default is None:
        return replace(of, term=ItemOf(of.term, key), place=request.place, minimum=None, maybe_absent=True, many=False)
    return request.unknown(maybe_absent=True)


def _merge(request: Request) -> Value:
    """All entries, the later winning. What comes before an unknown map may have been overridden by it."""
    entries: dict[str, Value] = {}
    keys: dict[str, Span] = {}
    given = [argument for argument in request.arguments if not isinstance(argument, Absent)]
    given = [argument for argument in given if argument.__class__ is not MapValue or not _is_empty(argument)]
    if len(given) == 1 and isinstance(given[0], Unknown) and not (given[0].maybe_absent or request.may_fail):
        return given[0]
    is_open = False
    for argument in given:
        of = _map_or_unknown(argument)
        certain = of.entries if isinstance(of, MapValue) else {}
        if isinstance(of, Unknown) or of.open:
            is_open = True
            entries = _overridable(request, entries)
        entries |= certain
        if isinstance(of, MapValue):
            keys |= of.keys
    if is_open and not entries:
        return request.unknown()
    return request.map(entries, keys, request.more() if is_open else None)


def _is_empty(value: Value) -> bool:
    return isinstance(value, MapValue) and not value.entries and value.open is None


def _overridable(request: Request, keys: Iterable[str]) -> dict[str, Value]:
    """Entries that those of an unknown map may have taken the place of."""
    whole = request.unknown(maybe_absent=True)
    return {key: replace(whole, term=ItemOf(whole.term, key)) for key in keys}


def _zip_map(request: Request) -> Value:
    if len(request.arguments) != 2:
        raise EvaluationError("zipmap takes keys and values")
    names, values = request.arguments
    match names, values:
        case ListValue(items=keys, open=None), ListValue(items=items, open=None) if not (
            is_unordered(names) or is_unordered(values)
        ):
            if len(keys) != len(items):
                raise EvaluationError("the number of keys and of values differ")
            known = [key for key in keys if isinstance(key, Known)]
            if len(known) < len(keys):
                return request.unknown()
            named = [to_text(key.data) for key in known]
            places = {name: key.place for name, key in zip(named, known, strict=True)}
            return request.map(dict(zip(named, items, strict=True)), places)
        case ListValue(items=keys, open=None), Unknown() if not is_unordered(names):
            known = [key for key in keys if isinstance(key, Known)]
            if len(known) < len(keys):
                return request.unknown()
            return request.map({to_text(key.data): part_of(values, at) for at, key in enumerate(known)}, {})
        case ((ListValue() | Unknown()), (ListValue() | Unknown())):
            return request.unknown()
    raise EvaluationError("zipmap takes two lists")


def _map(request: Request) -> Value:
    """``map``, which Terraform has given up: keys and values in turn."""
    names, values = request.arguments[::2], request.arguments[1::2]
    if len(names) != len(values):
        raise EvaluationError("map takes keys and values in turn")
    entries: dict[str, Value] = {}
    for name, value in zip(names, unified(values), strict=True):
        if not isinstance(name, Known):
            return request.unknown()
        entries[to_text(name.data)] = value
    return request.map(entries, {})


def _transpose(data: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in sorted(data):
        for item in texts(data[key]):
            found.setdefault(item, []).append(key)
    return {key: found[key] for key in sorted(found)}


def _coalesce(request: Request) -> Value:
    """The first argument that is neither null nor an empty text."""
    candidates = [argument for argument in request.arguments if not _is_nothing(argument)]
    if not candidates:
        raise EvaluationError("no non-null, non-empty-string arguments")
    first = candidates[0]
    if isinstance(first, Unknown) and not never_empty(first):
        return request.unknown() if len(candidates) > 1 or request.may_fail else replace(first, maybe_absent=False)
    return request.element(unified([first, *request.arguments])[0])


def _is_nothing(value: Value) -> bool:
    return isinstance(value, Absent) or (isinstance(value, Known) and value.data == "")


MAPS: dict[str, Implementation] = {
    "coalesce": _coalesce,
    "keys": _keys,
    "lookup": _lookup,
    "map": _map,
    "merge": _merge,
    "transpose": on_data(_transpose, mapped),
    "values": _values,
    "zipmap": _zip_map,
}
