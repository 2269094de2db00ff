"""Functions of lists whose elements they pass on."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

from haanalyzer.frontends.terraform.evaluation.scalars import to_number
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, equal
from haanalyzer.frontends.terraform.evaluation.types import as_set, in_order, is_unordered, unified
from haanalyzer.frontends.terraform.functions.elements import as_texts, is_empty, sequence, taken, whole_number
from haanalyzer.frontends.terraform.functions.request import (
    Implementation,
    Request,
    in_branches,
    number,
    on_data,
)
from haanalyzer.values import (
    Absent,
    ListValue,
    Truth,
    Unknown,
    Value,
    ZoneList,
)

# Terraform's own limit for range.
_LONGEST_RANGE = 1024


def _reverse(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return request.unknown()
    unordered = values.open is not None or is_unordered(values)
    return replace(request.list(reversed(values.items), values.open), unordered=unordered)


def _sort(request: Request) -> Value:
    (container,) = taken(request, 1)
    values = sequence(container)
    if isinstance(values, Unknown):
        return values if isinstance(values.term, ZoneList) else request.unknown()
    if any(isinstance(item, Absent) for item in values.items):
        raise EvaluationError("a null string cannot be sorted")
    items = as_texts(values)
    ordered = None if values.open else in_order(items)
    found = request.list(ordered or items, values.open)
    return replace(found, unordered=ordered is None)


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
    request.charge(len(keys.items) * len(searched.items))
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
    known = [given for given in sets if isinstance(given, ListValue)]
    if any(is_empty(given) for given in known):
        return request.list(())
    if len(known) < len(sets):
        return request.unknown()
    request.charge(math.prod(len(given.items) for given in known))
    rows = map(request.list, product(*(unified(given.items) for given in known)))
    found = request.list(rows, next((given.open for given in known if given.open), None))
    if any(given.is_set for given in known):
        return as_set(found)
    return replace(found, unordered=found.open is not None or any(map(is_unordered, known)))


def _listed(request: Request) -> Value:
    return request.list(request.arguments)


LISTS: dict[str, Implementation] = {
    "chunklist": _chunks,
    "list": _listed,
    "matchkeys": in_branches(_matching),
    "range": _range,
    "reverse": _reverse,
    "setproduct": _product,
    "sort": in_branches(_sort),
}
