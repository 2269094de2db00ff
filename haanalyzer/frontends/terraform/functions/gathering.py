"""Functions that make one list of several, or leave elements of one out.

What follows an unknown part is in the result for certain too, though nobody knows where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from haanalyzer.frontends.terraform.evaluation.symbolic import blocker_of, distinct_items, never_empty, zones_of
from haanalyzer.frontends.terraform.evaluation.types import is_unordered, unified
from haanalyzer.frontends.terraform.functions.elements import as_texts, is_empty, sequence, taken
from haanalyzer.frontends.terraform.functions.request import Implementation, Request, in_branches
from haanalyzer.values import Absent, Blocker, Choice, Known, ListValue, Unknown, Value, ZoneList


class _Gathering:
    """A list that grows by certain elements and by gaps, where any number of others may stand."""

    def __init__(self, unordered: bool = False) -> None:
        self._items: list[Value] = []
        self._more: Blocker | None = None
        self._unordered = unordered

    def add(self, items: Iterable[Value]) -> None:
        before = len(self._items)
        self._items += items
        self._unordered |= self._more is not None and len(self._items) > before

    def gap(self, more: Blocker) -> None:
        self._more = self._more or more

    def extend(self, values: ListValue) -> None:
        self._unordered |= is_unordered(values)
        self.add(values.items)
        if values.open:
            self.gap(values.open)

    def of(self, request: Request) -> ListValue:
        return replace(request.list(self._items, self._more), unordered=self._unordered)


def _concat(request: Request) -> Value:
    lists = [given for given in map(sequence, request.arguments) if not is_empty(given)]
    if len(lists) == 1 and isinstance(lists[0], Unknown) and not request.may_fail:
        return lists[0]
    if lists and all(isinstance(given, Unknown) for given in lists):
        return request.unknown()
    gathered = _Gathering()
    for given in lists:
        gathered.extend(_listed(given))
    return gathered.of(request)


def _listed(values: ListValue | Unknown) -> ListValue:
    """A list as far as it is known: a region's zones are so many at least."""
    match values:
        case ListValue():
            return values
        case Unknown(term=ZoneList() as zones):
            return ListValue(items=zones_of(zones, values), open=blocker_of(values), place=values.place)
    return ListValue(items=(), open=blocker_of(values), place=values.place)


def _flatten(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return values if isinstance(values.term, ZoneList) else request.unknown()
    if (zones := _only_zones(values)) is not None:
        return zones
    gathered = _Gathering(_has_unordered(values))
    _flatten_into(gathered, values)
    return gathered.of(request)


def _only_zones(values: ListValue) -> Unknown | None:
    """The list of zones that is all that these lists hold."""
    parts = [item for item in values.items if not is_empty(item)]
    match parts:
        case [Unknown(term=ZoneList()) as zones] if values.open is None:
            return zones
        case [ListValue() as inner] if values.open is None:
            return _only_zones(inner)
    return None


def _has_unordered(values: ListValue) -> bool:
    return is_unordered(values) or any(_has_unordered(item) for item in values.items if isinstance(item, ListValue))


def _flatten_into(gathered: _Gathering, values: ListValue) -> None:
    for item in values.items:
        match item:
            case ListValue():
                _flatten_into(gathered, item)
            case Unknown(term=ZoneList()):
                gathered.extend(_listed(item))
            case Unknown() | Choice() if not _is_scalar(item):
                gathered.gap(blocker_of(item))
            case _:
                gathered.add([item])
    if values.open:
        gathered.gap(values.open)


def _is_scalar(value: Value) -> bool:
    """Whether a value is certainly no list."""
    match value:
        case Choice(when_true=when_true, when_false=when_false):
            return _is_scalar(when_true) and _is_scalar(when_false)
        case Unknown():
            return never_empty(value)
    return not isinstance(value, ListValue)


def _distinct(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return values if isinstance(values.term, ZoneList) else request.unknown()
    kept, doubtful = distinct_items(unified(values.items))
    found = request.list(kept, blocker_of(doubtful) if doubtful else values.open)
    return replace(found, unordered=is_unordered(values))


def _compact(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return values if isinstance(values.term, ZoneList) else request.unknown()
    gathered = _Gathering(is_unordered(values))
    for item in as_texts(values):
        match item:
            case Absent() | Known(data=""):
                continue
            case Unknown() if not never_empty(item):
                gathered.gap(blocker_of(item))
            case _:
                gathered.add([item])
    if values.open:
        gathered.gap(values.open)
    return gathered.of(request)


GATHERING: dict[str, Implementation] = {
    "compact": in_branches(_compact),
    "concat": _concat,
    "distinct": in_branches(_distinct),
    "flatten": _flatten,
}
