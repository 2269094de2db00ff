"""Taking values apart: attributes, elements, splats."""

from __future__ import annotations

from collections.abc import Callable

from haanalyzer.catalog.regions import fewest_zones
from haanalyzer.frontends.terraform.evaluation.choices import each_branch, one_of, together
from haanalyzer.frontends.terraform.evaluation.registry import KeyedMap, Registry
from haanalyzer.frontends.terraform.evaluation.scalars import to_number
from haanalyzer.frontends.terraform.evaluation.symbolic import (
    KNOWN_AFTER_APPLY,
    EvaluationError,
    beyond,
    part_of,
    term_of,
)
from haanalyzer.frontends.terraform.evaluation.types import is_unordered
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Call,
    Concat,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Truth,
    Unknown,
    Value,
    ZoneList,
    assume,
    same,
)


def attribute(value: Value, name: str, place: Span, registry: Registry, *, keep_failures: bool = False) -> Value:
    """``value.name``. Raises EvaluationError where Terraform would."""

    def of(value: Value) -> Value:
        match value:
            case Unknown():
                entity, keyed = registry.entity(value), registry.map(value)
                if entity is not None:
                    return entity.attribute(name, place)
                return _entry(keyed, value, Known(data=name, place=place)) if keyed else part_of(value, name)
            case MapValue(entries=entries, open=blocker):
                if name in entries:
                    return entries[name]
                if blocker:
                    return beyond(value, blocker, name)
                raise EvaluationError(f"no attribute {name}")
            case ListValue(items=(MapValue(open=more) as block,)) if more and more.reason == KNOWN_AFTER_APPLY:
                # The provider may take the block for an object rather than for a list of one.
                return beyond(block, more, name)
            case Absent():
                raise EvaluationError(f"null has no attribute {name}")
        raise EvaluationError(f"this value has no attribute {name}")

    return each_branch(value, of, keep_failures=keep_failures)


def element(value: Value, key: Value, place: Span, registry: Registry, *, keep_failures: bool = False) -> Value:
    """``value[key]``. Raises EvaluationError where Terraform would."""

    def of(pair: list[Value]) -> Value:
        container, index = pair
        match container, index:
            case _, Absent():
                raise EvaluationError("null is no index")
            case ListValue(), Known():
                found = _some(container, index) if is_unordered(container) else _item(container, index)
            case (MapValue() | Unknown(), Known(data=str() as name)):
                found = attribute(container, name, place, registry)
            case MapValue(), Known():
                found = attribute(container, str(index), place, registry)
            case Unknown(), Known(data=int() as number):
                found = part_of(container, number)
            case (ListValue(items=(only,), open=None), Unknown()) if not keep_failures:
                found = only
            case (Unknown(), Unknown()) if keyed := registry.map(container):
                found = _entry(keyed, container, index)
            case MapValue(open=None), Unknown():
                found = one_of(container.entries, index, None, keep_failures=keep_failures) or _some(container, index)
            case ((ListValue() | MapValue() | Unknown()), Unknown()):
                found = _some(container, index)
            case _:
                raise EvaluationError("this value has no elements")
        return assume(found, container.assuming | index.assuming)

    return together([value, key], of, keep_failures=keep_failures)


def splat(
    value: Value, each: Callable[[Value], Value], path: str, registry: Registry, *, keep_failures: bool = False
) -> Value:
    """``value[*]`` with ``each`` applied to the elements; ``path`` names what it does to them."""

    def of(value: Value) -> Value:
        match value:
            case Absent():
                return ListValue(items=(), place=value.place)
            case ListValue(items=items):
                rest = Call("splat", (term_of(value), path)) if value.open else None
                return ListValue(items=tuple(map(each, items)), open=value.open, rest=rest, place=value.place)
            case Unknown(term=ZoneList()) if not path:
                return value
            case Unknown(term=term) if registry.entity(value) is None:
                return Unknown(term=Call("splat", (term, path)), reason=value.reason, place=value.place)
        return ListValue(items=(each(value),), place=value.place)

    return each_branch(value, of, keep_failures=keep_failures)


def surely_evaluates(term: object) -> bool:
    """Whether a reference to this unknown can be no error: what a ``try`` around it asks."""
    match term:
        case ItemOf(container=ZoneList(region=region), key=int() as key):
            return key < fewest_zones(region if isinstance(region, str) else None)
        case ItemOf() | Call():
            return False
        case Concat(parts=parts):
            return all(isinstance(part, str | AttributeOf | ItemOf) and surely_evaluates(part) for part in parts)
    return True


def _entry(keyed: KeyedMap, container: Unknown, key: Known | Unknown) -> Value:
    """The entry of a map whose keys are unknown."""
    equal = [(same(name, key), value) for name, value in keyed.pairs]
    for truth, value in equal:
        if truth is Truth.YES:
            return value
    if keyed.open is None and all(truth is Truth.NO for truth, _ in equal):
        raise EvaluationError(f"no entry {key}")
    return _some(container, key)


def _some(container: Value, key: Known | Unknown) -> Unknown:
    """An element of which it is not known which."""
    why = key if isinstance(key, Unknown) else container
    return Unknown(
        term=Call("index", (term_of(container), term_of(key))),
        reason=why.reason if isinstance(why, Unknown) else "not known",
        place=why.place,
        maybe_absent=True,
    )


def _item(container: ListValue, index: Known) -> Value:
    number = to_number(index.data)
    if not isinstance(number, int):
        raise EvaluationError(f"{index.data!r} is no index of a list")
    if 0 <= number < len(container.items):
        return container.items[number]
    if number >= 0 and container.open:
        return beyond(container, container.open, number)
    raise EvaluationError(f"index {number} of a list of {len(container.items)}")
