"""Functions of lists whose elements they pass on."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

from haanalyzer.frontends.terraform.functions.elements import is_empty, sequence, taken, whole_number
from haanalyzer.frontends.terraform.functions.request import (
    Implementation,
    Request,
    in_branches,
    number,
    on_data,
)
from haanalyzer.frontends.terraform.scalars import to_number, to_text
from haanalyzer.frontends.terraform.symbolic import EvaluationError, blocker_of, distinct_items, equal, never_empty
from haanalyzer.frontends.terraform.types import in_order, is_unordered, unified
from haanalyzer.values import (
    Absent,
    Blocker,
    Choice,
    Known,
    ListValue,
    Truth,
    Unknown,
    Value,
    ZoneList,
)

# Terraform's own limit for range.
_LONGEST_RANGE = 1024


def _concat(request: Request) -> Value:
    """The elements up to the first list that is not whole."""
    lists = [given for given in map(sequence, request.arguments) if not is_empty(given)]
    found = _joined(request, lists)
    unordered = any(isinstance(given, ListValue) and is_unordered(given) for given in lists)
    return replace(found, unordered=unordered) if isinstance(found, ListValue) else found


def _joined(request: Request, lists: list[ListValue | Unknown]) -> ListValue | Unknown:
    items: list[Value] = []
    if len(lists) == 1 and isinstance(lists[0], Unknown):
        return lists[0]
    for position, given in enumerate(lists):
        if isinstance(given, Unknown):
            return request.list(items, blocker_of(given)) if items else request.unknown()
        items += given.items
        if given.open:
            return request.list(items, given.open if position == len(lists) - 1 else request.more())
    return request.list(items)


def _flatten(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return values if isinstance(values.term, ZoneList) else request.unknown()
    items, more = _flat(values)
    return replace(request.list(items, more), unordered=_has_unordered(values))


def _has_unordered(values: ListValue) -> bool:
    return is_unordered(values) or any(_has_unordered(item) for item in values.items if isinstance(item, ListValue))


def _flat(values: ListValue) -> tuple[list[Value], Blocker | None]:
    found: list[Value] = []
    for item in values.items:
        match item:
            case ListValue():
                inner, more = _flat(item)
                found += inner
                if more:
                    return found, more
            case Unknown() if not never_empty(item):
                return found, blocker_of(item)
            case Choice() if not _is_scalar(item):
                return found, blocker_of(item)
            case _:
                found.append(item)
    return found, values.open


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
    return _kept(request, values, kept, blocker_of(doubtful) if doubtful else values.open)


def _compact(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return values if isinstance(values.term, ZoneList) else request.unknown()
    kept: list[Value] = []
    for item in _as_texts(values):
        match item:
            case Absent() | Known(data=""):
                continue
            case Unknown() if not never_empty(item):
                return _kept(request, values, kept, blocker_of(item))
        kept.append(item)
    return _kept(request, values, kept, values.open)


def _kept(request: Request, values: ListValue, kept: list[Value], more: Blocker | None) -> ListValue:
    return replace(request.list(kept, more), unordered=is_unordered(values))


def _as_texts(values: ListValue) -> tuple[Value, ...]:
    return tuple(replace(item, data=to_text(item.data)) if isinstance(item, Known) else item for item in values.items)


def _reverse(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown) or values.open:
        return request.unknown()
    return replace(request.list(reversed(values.items)), unordered=is_unordered(values))


def _sort(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return values if isinstance(values.term, ZoneList) else request.unknown()
    if values.open:
        return request.unknown()
    if any(isinstance(item, Absent) for item in values.items):
        raise EvaluationError("a null string cannot be sorted")
    ordered = in_order(_as_texts(values))
    return request.unknown_list(len(values.items)) if ordered is None else request.list(ordered)


def _chunks(request: Request) -> Value:
    container, length = taken(request, 2)
    values, size = sequence(container), whole_number(length)
    if isinstance(values, Unknown) or values.open or isinstance(size, Unknown) or is_unordered(values):
        return request.unknown()
    if size < 0:
        raise EvaluationError("the size of a chunk must not be negative")
    items = unified(values.items)
    step = size or max(len(items), 1)
    return request.list(request.list(items[start : start + step]) for start in range(0, len(items), step))


def _matching(request: Request) -> Value:
    """``matchkeys``: the values whose keys are among those searched for."""
    values, keys, searched = (sequence(argument) for argument in taken(request, 3))
    if isinstance(values, Unknown) or isinstance(keys, Unknown) or isinstance(searched, Unknown):
        return request.unknown()
    if values.open or keys.open or searched.open or is_unordered(values) or is_unordered(keys):
        return request.unknown()
    if len(values.items) != len(keys.items):
        raise EvaluationError("the lists of keys and values differ in length")
    kept: list[Value] = []
    for value, key in zip(unified(values.items), keys.items, strict=True):
        found = [equal(key, one) for one in searched.items]
        if Truth.YES in found:
            kept.append(value)
        elif Truth.MAYBE in found:
            return request.list(kept, request.more())
    return request.list(kept)


def _range(request: Request) -> Value:
    """Numbers from 0 or a start to a limit; up to the limit's lower bound where that is all that is known."""
    match request.arguments:
        case (Unknown(minimum=int(minimum)),) if 0 < minimum <= _LONGEST_RANGE:
            numbers = [request.decided(index, request.arguments[0]) for index in range(minimum)]
            return request.list(numbers, request.more())
    return _COUNTED(request)


def _counted(*bounds: float) -> list[int | float]:
    start, limit = (0, bounds[0]) if len(bounds) == 1 else bounds[:2]
    step = bounds[2] if len(bounds) == 3 else (1 if limit >= start else -1)
    if step == 0 or ((step > 0) != (limit >= start) and limit != start):
        raise EvaluationError("the step of a range must lead to its limit")
    count = max(math.ceil((limit - start) / step), 0)
    if count > _LONGEST_RANGE:
        raise EvaluationError(f"a range of more than {_LONGEST_RANGE} values is not allowed")
    return [to_number(start + index * step) for index in range(count)]


_COUNTED = on_data(_counted, number, optional=(number, number))


def _product(request: Request) -> Value:
    """``setproduct``: every combination, in the order of the arguments; a set where any of them is one."""
    sets = [sequence(argument) for argument in request.arguments]
    if len(sets) < 2:
        raise EvaluationError("setproduct takes two or more lists")
    known = [given for given in sets if isinstance(given, ListValue) and not given.open]
    if any(not given.items for given in known):
        return request.list(())
    if len(known) < len(sets) or math.prod(len(given.items) for given in known) > _LONGEST_RANGE * 10:
        return request.unknown()
    rows = request.list(map(request.list, product(*(unified(given.items) for given in known))))
    return replace(rows, is_set=any(given.is_set for given in known), unordered=any(map(is_unordered, known)))


def _listed(request: Request) -> Value:
    return request.list(request.arguments)


LISTS: dict[str, Implementation] = {
    "chunklist": _chunks,
    "compact": in_branches(_compact),
    "concat": _concat,
    "distinct": in_branches(_distinct),
    "flatten": _flatten,
    "list": _listed,
    "matchkeys": in_branches(_matching),
    "range": _range,
    "reverse": _reverse,
    "setproduct": _product,
    "sort": in_branches(_sort),
}
