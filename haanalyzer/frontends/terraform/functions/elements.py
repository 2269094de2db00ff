"""Functions that choose elements of a list."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.frontends.terraform.evaluation.scalars import to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, blocker_of
from haanalyzer.frontends.terraform.evaluation.types import is_unordered
from haanalyzer.frontends.terraform.functions import zones
from haanalyzer.frontends.terraform.functions.request import (
    Implementation,
    Request,
    whole,
)
from haanalyzer.values import (
    Absent,
    ItemOf,
    Known,
    ListValue,
    Unknown,
    Value,
    ZoneList,
)


def taken(request: Request, count: int) -> tuple[Value, ...]:
    if len(request.arguments) != count:
        raise EvaluationError(f"{request.name} takes {count} arguments, {len(request.arguments)} are given")
    return request.arguments


def sequence(value: Value) -> ListValue | Unknown:
    if isinstance(value, ListValue | Unknown):
        return value
    raise EvaluationError("a list is required")


def whole_number(value: Value) -> int | Unknown:
    match value:
        case Unknown():
            return value
        case Known(data=data):
            return whole(data)
    raise EvaluationError("a whole number is required")


def is_empty(value: Value) -> bool:
    return isinstance(value, Absent) or (isinstance(value, ListValue) and not value.items and value.open is None)


def as_texts(values: ListValue) -> tuple[Value, ...]:
    """The elements, those that are known as texts."""
    return tuple(replace(item, data=to_text(item.data)) if isinstance(item, Known) else item for item in values.items)


def _element(request: Request) -> Value:
    """``element`` wraps round the end, so past the certain elements it tells nothing."""
    container, position = taken(request, 2)
    values, index = sequence(container), whole_number(position)
    if isinstance(index, Unknown):
        if isinstance(values, ListValue) and values.open is None and len(values.items) == 1:
            return request.element(values.items[0])
        return request.unknown(maybe_absent=True)
    if isinstance(values, ListValue):
        if is_unordered(values):
            return request.unknown(maybe_absent=True)
        if 0 <= index < len(values.items):
            return request.element(values.items[index])
        if values.open:
            return request.unknown(maybe_absent=True)
        if not values.items:
            raise EvaluationError("cannot use element function with an empty list")
        return request.element(values.items[index % len(values.items)])
    certain = zones.fewest(values.term) if isinstance(values.term, ZoneList) else 1
    if 0 <= index < certain:
        return request.element(_item(values, index, request))
    return request.unknown(maybe_absent=not isinstance(values.term, ZoneList))


def _item(values: Unknown, index: int, request: Request) -> Unknown:
    return replace(
        values,
        term=ItemOf(values.term, index),
        place=request.place,
        minimum=None,
        maybe_absent=not isinstance(values.term, ZoneList),
        many=False,
    )


def _slice(request: Request) -> Value:
    container, first, last = taken(request, 3)
    values, start, end = sequence(container), whole_number(first), whole_number(last)
    if isinstance(start, Unknown):
        return request.unknown()
    if isinstance(end, Unknown):
        return _slice_to_somewhere(request, values, start, end)
    if start < 0 or end < start:
        raise EvaluationError("the end of a slice must not lie before its start")
    if isinstance(values, Unknown):
        return request.list(_item(values, index, request) for index in range(start, end))
    if end <= len(values.items) and not is_unordered(values):
        return request.list(values.items[start:end])
    if values.open is None and end > len(values.items):
        raise EvaluationError(f"a slice ends at {end}, past the end of the list")
    certain = () if is_unordered(values) else values.items[start:end]
    beyond = request.unknown_list(end - start).items[len(certain) :]
    return request.list((*certain, *beyond))


def _slice_to_somewhere(request: Request, values: ListValue | Unknown, start: int, end: Unknown) -> Value:
    """A slice is at least as long as the lower bound of its end says."""
    certain = range(start, max(end.minimum or 0, start))
    if isinstance(values, Unknown):
        return request.list((_item(values, index, request) for index in certain), blocker_of(end))
    if is_unordered(values):
        return request.list(request.unknown_list(len(certain)).items, blocker_of(end))
    return request.list(values.items[certain.start : certain.stop], blocker_of(end))


def _coalesce_list(request: Request) -> Value:
    """The first list that is not empty."""
    candidates = [argument for argument in request.arguments if not isinstance(argument, Absent)]
    candidates = [
        value for value in candidates if not (isinstance(value, ListValue) and not value.items and not value.open)
    ]
    if not candidates:
        raise EvaluationError("no non-null, non-empty list among the arguments")
    first = sequence(candidates[0])
    if (isinstance(first, ListValue) and first.items) or len(candidates) == 1:
        return request.element(first)
    return request.unknown()


def _one(request: Request) -> Value:
    (container,) = taken(request, 1)
    match container:
        case ListValue(items=(), open=None):
            return request.known(None)
        case ListValue(items=(only,)):
            return request.element(only)
        case ListValue(items=()) | Unknown():
            return request.unknown(maybe_absent=True)
        case ListValue():
            raise EvaluationError("one takes a list of one element or none")
    raise EvaluationError("one takes a list")


ELEMENTS: dict[str, Implementation] = {
    "coalescelist": _coalesce_list,
    "element": _element,
    "one": _one,
    "slice": _slice,
}
