"""Functions of sets, and questions asked of whole collections."""

from __future__ import annotations

from collections.abc import Sequence

from haanalyzer.frontends.terraform.evaluation.operators import equality
from haanalyzer.frontends.terraform.evaluation.scalars import to_bool, to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, equal
from haanalyzer.frontends.terraform.evaluation.types import as_set, is_unordered, unified
from haanalyzer.frontends.terraform.functions import zones
from haanalyzer.frontends.terraform.functions.characters import characters
from haanalyzer.frontends.terraform.functions.request import Implementation, Request, in_branches
from haanalyzer.values import (
    Absent,
    Known,
    ListValue,
    MapValue,
    Truth,
    Unknown,
    Value,
    ZoneList,
    any_of,
)


def _length(request: Request) -> Value:
    """How many; at least as many as are certain."""
    (value,) = request.arguments if len(request.arguments) == 1 else (Absent(place=request.place),)
    match value:
        case ListValue(items=items, open=more):
            return request.unknown(minimum=len(items)) if more else request.decided(len(items), *_alone(value))
        case MapValue(entries=entries, open=more):
            return request.unknown(minimum=len(entries)) if more else request.decided(len(entries), *_alone(value))
        case Known(data=str(text)):
            return request.known(len(characters(text)))
        case Unknown(term=ZoneList() as listed):
            return request.unknown(minimum=zones.fewest(listed))
        case Unknown():
            return _text_length(request)
    raise EvaluationError("length takes one list, map or string")


def _alone(value: Value) -> Sequence[Value]:
    """The collection without its content, which its length does not rest on."""
    return (Absent(place=value.place, assuming=value.assuming),)


def _text_length(request: Request) -> Value:
    names = request.arguments
    found = zones.by_witness(
        names, lambda data: len(characters(to_text(data[0]))), request.unknown(minimum=0), request.place
    )
    return found or request.unknown(minimum=0)


def _contains(request: Request) -> Value:
    if len(request.arguments) != 2:
        raise EvaluationError("contains takes a list and a value")
    container, wanted = request.arguments
    match container:
        case ListValue(items=items, open=more):
            found = any_of(equality(item, wanted) for item in items)
            if found is Truth.YES:
                return request.known(True)
            return request.known(False) if found is Truth.NO and more is None else request.unknown()
        case Unknown():
            return request.unknown()
    raise EvaluationError("contains takes a list or a set")


def _index(request: Request) -> Value:
    """The index of the first equal element."""
    if len(request.arguments) != 2:
        raise EvaluationError("index takes a list and a value")
    container, wanted = request.arguments
    if isinstance(container, Unknown):
        return request.unknown(minimum=0)
    if not isinstance(container, ListValue):
        raise EvaluationError("index takes a list")
    for position, item in enumerate(container.items):
        found = equality(item, wanted)
        if found is not Truth.NO and is_unordered(container):
            return request.unknown(minimum=0)
        if found is Truth.YES:
            return request.known(position)
        if found is Truth.MAYBE:
            return request.unknown(minimum=position)
    if container.open:
        return request.unknown(minimum=len(container.items))
    raise EvaluationError("item not found")


def _all_true(request: Request) -> Value:
    return _every(request, decisive=False)


def _any_true(request: Request) -> Value:
    return _every(request, decisive=True)


def _every(request: Request, *, decisive: bool) -> Value:
    (container,) = request.arguments if len(request.arguments) == 1 else (Absent(place=request.place),)
    if isinstance(container, Unknown):
        return request.unknown()
    if not isinstance(container, ListValue):
        raise EvaluationError(f"{request.name} takes a list of bools")
    sure = container.open is None
    for item in container.items:
        match item:
            case Known(data=data):
                if to_bool(data) is decisive:
                    return request.decided(decisive, item, *_alone(container))
            case Absent():  # counts as false
                if not decisive:
                    return request.decided(False, item, *_alone(container))
            case _:
                sure = False
    return request.known(not decisive) if sure else request.unknown()


def _sets(request: Request) -> list[ListValue | Unknown]:
    if not request.arguments:
        raise EvaluationError(f"{request.name} takes at least one set")
    found: list[ListValue | Unknown] = []
    for argument in request.arguments:
        if not isinstance(argument, ListValue | Unknown):
            raise EvaluationError(f"{request.name} takes sets")
        found.append(argument)
    return found


def _in_one_type(sets: Sequence[ListValue | Unknown]) -> Sequence[Value]:
    """The certain elements of all sets, in their common type."""
    return unified([item for given in sets if isinstance(given, ListValue) for item in given.items])


def _union(request: Request) -> Value:
    """All elements; the certain ones where a set is not whole."""
    sets = _sets(request)
    items = _in_one_type(sets)
    if not items and any(isinstance(given, Unknown) for given in sets):
        return request.unknown()
    whole = all(isinstance(given, ListValue) and given.open is None for given in sets)
    return as_set(request.list(items, None if whole else request.more()))


def _intersection(request: Request) -> Value:
    return _kept(request, wanted=Truth.YES)


def _difference(request: Request) -> Value:
    return _kept(request, wanted=Truth.NO)


def _kept(request: Request, *, wanted: Truth) -> Value:
    """The elements of the first set that are surely in every other one, or surely in none."""
    sets = _sets(request)
    first, *others = sets
    if isinstance(first, Unknown):
        return request.unknown()
    request.charge(len(first.items) * sum(len(other.items) for other in others if isinstance(other, ListValue)))
    kept: list[Value] = []
    sure = first.open is None
    for item in _in_one_type(sets)[: len(first.items)]:
        inside = [_inside(item, other) for other in others]
        if all(truth is wanted for truth in inside):
            kept.append(item)
        elif ~wanted not in inside:
            sure = False
    return as_set(request.list(kept, None if sure else request.more()))


def _inside(item: Value, other: ListValue | Unknown) -> Truth:
    if isinstance(other, Unknown):
        return Truth.MAYBE
    found = any_of(equal(item, one) for one in other.items)
    return found | Truth.MAYBE if other.open else found


SETS: dict[str, Implementation] = {
    "alltrue": in_branches(_all_true),
    "anytrue": in_branches(_any_true),
    "contains": in_branches(_contains),
    "index": in_branches(_index),
    "length": _length,
    "setintersection": in_branches(_intersection),
    "setsubtract": in_branches(_difference),
    "setunion": in_branches(_union),
}
