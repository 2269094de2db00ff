"""Type constraints of variables, and conversion to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from haanalyzer.frontends.terraform.evaluation.choices import each_branch
from haanalyzer.frontends.terraform.evaluation.scalars import to_bool, to_number, to_text
from haanalyzer.frontends.terraform.evaluation.symbolic import (
    EvaluationError,
    blocker_of,
    distinct_items,
    equation,
    zones_of,
)
from haanalyzer.frontends.terraform.evaluation.text_order import texts_in_order
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Choice,
    Known,
    ListValue,
    MapValue,
    Scalar,
    Unknown,
    Value,
    ZoneList,
)

__all__ = [
    "ANY",
    "AnyType",
    "Attribute",
    "Collection",
    "EvaluationError",
    "ObjectType",
    "Primitive",
    "TupleType",
    "Type",
    "convert",
    "parse_type",
    "to_bool",
    "to_number",
    "to_text",
    "unified",
]

Evaluate = Callable[[syntax.Expression], Value]


@dataclass(frozen=True, slots=True)
class Primitive:
    name: Literal["string", "number", "bool"]


@dataclass(frozen=True, slots=True)
class AnyType:
    """``any``: whatever is given."""


@dataclass(frozen=True, slots=True)
class Collection:
    kind: Literal["list", "set", "map"]
    of: Type


@dataclass(frozen=True, slots=True)
class TupleType:
    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of an object type. ``default`` is the second argument of ``optional``."""

    type: Type
    optional: bool = False
    default: syntax.Expression | None = None


@dataclass(frozen=True, slots=True)
class ObjectType:
    attributes: Mapping[str, Attribute]


Type = Primitive | AnyType | Collection | TupleType | ObjectType
ANY = AnyType()


def parse_type(expression: syntax.Expression) -> Type:
    """A type constraint as written: ``map(object({ size = optional(number, 1) }))``, also the quoted words of old.

    Raises `EvaluationError` on what is no type.
    """
    match expression:
        case syntax.Variable(name=word) | syntax.Literal(value=str(word)):
            return _type_of_word(word)
        case syntax.FunctionCall(name="list" | "set" | "map" as kind, arguments=(of,)):
            return Collection(kind, parse_type(of))
        case syntax.FunctionCall(name="tuple", arguments=(syntax.TupleExpression(items=items),)):
            return TupleType(tuple(parse_type(item) for item in items))
        case syntax.FunctionCall(name="object", arguments=(syntax.ObjectExpression(items=pairs),)):
            return ObjectType(dict(_attribute(key, of) for key, of in pairs))
    raise EvaluationError(
        "expected a type: string, number, bool, any, list(…), set(…), map(…), tuple([…]) or object({…})"
    )


def _type_of_word(word: str) -> Type:
    match word:
        case "string" | "number" | "bool":
            return Primitive(word)
        case "any":
            return ANY
        case "list" | "set" | "map":
            return Collection(word, ANY)
    raise EvaluationError(f"{word!r} is no type: expected string, number, bool, any, list, set, map, tuple or object")


def _attribute(key: syntax.Expression, of: syntax.Expression) -> tuple[str, Attribute]:
    match key:
        case syntax.Literal(value=str(name)) | syntax.Variable(name=name):
            pass
        case _:
            raise EvaluationError("an attribute of an object type is named by a word")
    match of:
        case syntax.FunctionCall(name="optional", arguments=(type_,)):
            return name, Attribute(parse_type(type_), optional=True)
        case syntax.FunctionCall(name="optional", arguments=(type_, default)):
            return name, Attribute(parse_type(type_), optional=True, default=default)
    return name, Attribute(parse_type(of))


def convert(value: Value, type_: Type, place: Span, evaluate: Evaluate | None = None) -> Value:
    """The value as Terraform would convert it to a type; what is unknown stays so.

    ``evaluate`` answers for the defaults of ``optional`` attributes. Raises
    `EvaluationError` where a known value does not fit.
    """
    if isinstance(value, Choice):
        return each_branch(value, lambda branch: convert(branch, type_, place, evaluate))
    match value, type_:
        case Unknown(term=ZoneList() as zones), Collection(kind="set"):
            certain, more = zones_of(zones, value), blocker_of(value)
            return ListValue(items=certain, open=more, is_set=True, place=value.place, assuming=value.assuming)
        case ((Unknown() | Absent()), _):
            return value
    match type_:
        case Primitive(name=name):
            return _to_primitive(value, name)
        case Collection(kind="map", of=of):
            return _to_map(value, of, place, evaluate)
        case Collection(kind=kind, of=of):
            return _to_sequence(value, kind, of, place, evaluate)
        case TupleType(items=items):
            return _to_tuple(value, items, place, evaluate)
        case ObjectType(attributes=attributes):
            return _to_object(value, attributes, place, evaluate)
    return value


def _to_primitive(value: Value, name: Literal["string", "number", "bool"]) -> Value:
    if not isinstance(value, Known):
        raise EvaluationError(f"{name} required, but have {_kind(value)}")
    converted: Scalar = _CONVERSIONS[name](value.data)
    return value if converted is value.data else replace(value, data=converted)


def _kind(value: Value) -> str:
    match value:
        case ListValue():
            return "a list"
        case MapValue():
            return "a map"
        case Known(data=bool()):
            return "a bool"
        case Known(data=str()):
            return "a string"
    return "a number"


_CONVERSIONS: Mapping[str, Callable[[object], Scalar]] = {"string": to_text, "number": to_number, "bool": to_bool}


def unified(items: Sequence[Value]) -> tuple[Value, ...]:
    """The elements of one list in their common type: strings where any known one is a string.

    Raises `EvaluationError` where they have none.
    """
    if len({type(item) for item in items if isinstance(item, Known | ListValue | MapValue)}) > 1:
        raise EvaluationError("all elements must have the same type")
    if any(isinstance(item, Known) and isinstance(item.data, str) for item in items):
        return tuple(_to_primitive(item, "string") if isinstance(item, Known) else item for item in items)
    return tuple(items)


def _to_map(value: Value, of: Type, place: Span, evaluate: Evaluate | None) -> Value:
    if not isinstance(value, MapValue):
        raise EvaluationError(f"map required, but have {_kind(value)}")
    if of == ANY:
        converted = dict(zip(value.entries, unified(tuple(value.entries.values())), strict=True))
    else:
        converted = {key: convert(entry, of, place, evaluate) for key, entry in value.entries.items()}
    return replace(value, entries=converted)


def _to_sequence(value: Value, kind: str, of: Type, place: Span, evaluate: Evaluate | None) -> Value:
    if not isinstance(value, ListValue):
        raise EvaluationError(f"{kind} required, but have {_kind(value)}")
    items = unified(value.items) if of == ANY else [convert(item, of, place, evaluate) for item in value.items]
    converted = replace(value, items=tuple(items), is_set=False, unordered=is_unordered(value))
    return as_set(converted) if kind == "set" else converted


def is_unordered(value: ListValue) -> bool:
    """Whether any of several elements may be the first: those of a set, whose order hangs on what is not known."""
    if len(value.items) < 2 and not value.open:
        return False
    return value.unordered or (value.is_set and (value.open is not None or in_order(value.items) is None))


def as_set(value: ListValue) -> ListValue:
    """The list as a set: each element once, texts and numbers in their order.

    Elements that may equal another leave it open; the order of unknown elements means nothing.
    """
    kept: list[Value] = []
    more = value.open
    rest: Sequence[Value] = value.items
    while rest:
        found, doubtful = distinct_items([*kept, *rest])
        kept = found
        if doubtful is None:
            break
        more = more or blocker_of(doubtful)
        rest = [item for item in rest if item is not doubtful]
        rest = [item for item in rest if all(item is not known for known in kept)]
    return replace(value, items=tuple(in_order(kept) or kept), open=more, is_set=True, unordered=False)


def in_order(items: Sequence[Value]) -> list[Value] | None:
    """Items by the order of their values; None where that is not known.

    Null stands behind all others.
    """
    if any(isinstance(item, Absent) for item in items):
        ordered = in_order([item for item in items if not isinstance(item, Absent)])
        return ordered and ordered + [item for item in items if isinstance(item, Absent)]
    if all(isinstance(item, Known) and not isinstance(item.data, str) for item in items):
        return sorted(items, key=lambda item: item.data if isinstance(item, Known) else 0)
    return texts_in_order(items)


def _to_tuple(value: Value, items: tuple[Type, ...], place: Span, evaluate: Evaluate | None) -> Value:
    if not isinstance(value, ListValue):
        raise EvaluationError(f"tuple required, but have {_kind(value)}")
    if value.open is None and len(value.items) != len(items):
        raise EvaluationError(f"a tuple of {len(items)} elements is required, not of {len(value.items)}")
    converted = [convert(item, type_, place, evaluate) for item, type_ in zip(value.items, items, strict=False)]
    return replace(value, items=tuple(converted))


def _to_object(value: Value, attributes: Mapping[str, Attribute], place: Span, evaluate: Evaluate | None) -> Value:
    if not isinstance(value, MapValue):
        raise EvaluationError(f"object required, but have {_kind(value)}")
    entries: dict[str, Value] = {}
    for name, attribute in attributes.items():
        given = value.get(name)
        if isinstance(given, Absent) and name not in value.entries and not attribute.optional:
            raise EvaluationError(f'attribute "{name}" is required')
        if isinstance(given, Unknown) and name not in value.entries:
            given = replace(given, maybe_absent=True)
        entries[name] = _filled(given, attribute, place, evaluate)
    keys = {name: span for name, span in value.keys.items() if name in entries}
    return replace(value, entries=entries, keys=keys, open=None)


def _filled(given: Value, attribute: Attribute, place: Span, evaluate: Evaluate | None) -> Value:
    """The attribute converted; its default in the place of null, on those branches where it is null."""
    default = attribute.default
    if default is None or evaluate is None:
        return convert(given, attribute.type, place, evaluate)

    def fill(branch: Value) -> Value:
        match branch:
            case Absent():
                return convert(evaluate(default), attribute.type, place, evaluate)
            case Unknown(maybe_absent=True):
                return Choice(
                    condition=equation(branch, Absent(place=place)),
                    reason=branch.reason,
                    when_true=convert(evaluate(default), attribute.type, place, evaluate),
                    when_false=replace(branch, maybe_absent=False),
                    place=branch.place,
                    assuming=branch.assuming,
                )
        return convert(branch, attribute.type, place, evaluate)

    return each_branch(given, fill)
