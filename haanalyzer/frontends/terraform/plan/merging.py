"""What is written in a configuration, made definite by what a plan says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from haanalyzer.frontends.terraform.evaluation.symbolic import KNOWN_AFTER_APPLY, SENSITIVE, shortest
from haanalyzer.frontends.terraform.plan.json_node import Json
from haanalyzer.frontends.terraform.plan.part import Part, any_true
from haanalyzer.frontends.terraform.plan.planned import Plan, is_generated
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Choice,
    Concat,
    Known,
    ListValue,
    MapValue,
    Scalar,
    Symbol,
    Term,
    Unknown,
    Value,
    alternatives,
    attributes_in,
    blockers,
)

_NAMING = frozenset({"id", "arn", "name"})
"""The attributes by which one resource names another."""

_MOST_PAIRED = 500
"""How many elements are matched with what is written of them; longer lists are taken from the plan alone."""


@dataclass(frozen=True, slots=True)
class Merger:
    """Merges the values of a plan into those of its configuration. With ``hides_secrets`` a secret is unknown."""

    plan: Plan
    hides_secrets: bool = False

    def merged(self, written: Value | None, part: Part, place: Span) -> Value:
        """The value of a part that may be written, too; ``place`` is where it is said to be when it is not.

        The plan knows the values, the configuration which resource a reference means.
        """
        if self.hides_secrets and part.sensitive is True:
            where = written.place if written else place
            return Unknown(term=Symbol(part.name), reason=SENSITIVE, place=where, maybe_absent=True)
        if part.is_unknown:
            return self._unknown(written, part, place)
        if isinstance(written, Choice):
            written = self._branch(written, part)
        match part.data:
            case dict():
                return self._map(written, part, place)
            case list():
                return self._list(written, part, place)
            case None if part.keys or part.length:
                return self._map(written, part, place) if part.keys else self._list(written, part, place)
            case None:
                return Absent(place=written.place if written else place)
            case data:
                return self._scalar(written, data, place)

    def _unknown(self, written: Value | None, part: Part, place: Span) -> Value:
        """What is known after the apply: what is written keeps its references."""
        if written is not None and blockers(written):
            return written
        return Unknown(
            term=Symbol(part.name),
            reason=KNOWN_AFTER_APPLY,
            place=written.place if written else place,
            maybe_absent=True,
            many=isinstance(written, ListValue),
        )

    def _scalar(self, written: Value | None, data: Scalar, place: Span) -> Value:
        """A known value; the reference to a resource where it is one's name, which says which resource that is."""
        where = written.place if written else place
        if isinstance(written, Unknown):
            if _names_a_resource(written.term, data):
                return written
            named = [each for each in attributes_in(written.term) if self.plan.value_of(each) == data]
            if len(named) == 1 and named[0].name in _NAMING:
                return Unknown(term=named[0], reason=KNOWN_AFTER_APPLY, place=where)
        if isinstance(data, str) and data in self.plan.generated:
            owner = self.plan.generated[data]
            return Unknown(term=owner or Symbol(data), reason=KNOWN_AFTER_APPLY, place=where)
        return Known(data=shortest(data) if isinstance(data, float) else data, place=where)

    def _map(self, written: Value | None, part: Part, place: Span) -> Value:
        block = written.items[0] if isinstance(written, ListValue) and len(written.items) == 1 else written
        own = block if isinstance(block, MapValue) else None
        where = written.place if written else place
        entries: dict[str, Value] = {}
        for key in part.keys:
            inner = part.entry(key)
            mine = own.entries.get(key) if own else None
            if mine is not None or not (own and inner.is_nothing):
                entries[key] = self.merged(mine, inner, where)
        if own is not None:
            entries = {**{key: value for key, value in own.entries.items() if key not in part.keys}, **entries}
        return MapValue(entries=entries, keys=own.keys if own else {}, place=where)

    def _list(self, written: Value | None, part: Part, place: Span) -> Value:
        parts = [part.item(index) for index in range(part.length)]
        where = written.place if written else place
        if isinstance(written, MapValue):  # one nested block, written as an attribute
            written = ListValue(items=(written,), place=written.place)
        own = written.items if isinstance(written, ListValue) and written.open is None else ()
        pairs = _pairs(own, parts)
        if pairs is None:
            block = MapValue(entries={}, keys={}, place=where)
            items = tuple(self.merged(block if isinstance(each.data, dict) else None, each, where) for each in parts)
        else:
            items = tuple(self.merged(mine, each, where) for mine, each in pairs)
        return ListValue(items=items, place=where, is_set=isinstance(written, ListValue) and written.is_set)

    def _branch(self, written: Choice, part: Part) -> Value | None:
        """The one branch that the plan's value may be of; None where several may."""
        fitting = [each for each in alternatives(written) if _fits(each, part)]
        if len(fitting) == 1:
            return fitting[0]
        return None if not any_true(part.unknown) else written


def _names_a_resource(term: Term, data: Scalar) -> bool:
    """Whether a reference says more than the text it has: which declared resource that is."""
    match term:
        case AttributeOf(name=name):
            return name in _NAMING or (isinstance(data, str) and is_generated(data))
        case Concat():
            return any(each.name in _NAMING for each in attributes_in(term))
    return False


def _pairs(own: Sequence[Value], parts: Sequence[Part]) -> list[tuple[Value, Part]] | None:
    """Each written element with the planned one that it is, in the order written; None where they do not match.

    Sets are planned in another order. Elements that fit the same parts hold the same known values,
    so that any matching says the same.
    """
    if len(own) != len(parts) or len(own) > _MOST_PAIRED:
        return None
    if all(map(_fits, own, parts)):
        return list(zip(own, parts, strict=True))
    left = list(parts)
    pairs: list[tuple[Value, Part]] = []
    for mine in sorted(own, key=lambda each: len(blockers(each))):
        found = next((each for each in left if _fits(mine, each)), None)
        if found is None:
            return None
        left.remove(found)
        pairs.append((mine, found))
    order = {id(mine): index for index, mine in enumerate(own)}
    return sorted(pairs, key=lambda pair: order[id(pair[0])])


def _fits(written: Value, part: Part) -> bool:
    """Whether a written value may be what is planned."""
    if part.is_unknown:
        return True
    match written:
        case Known(data=data):
            return _text(data) == _text(part.data)
        case Absent():
            return part.is_nothing
        case MapValue(entries=entries) if isinstance(part.data, dict):
            return all(_fits(value, part.entry(key)) for key, value in entries.items())
        case ListValue(items=items, open=None) if isinstance(part.data, list):
            return _pairs(items, [part.item(index) for index in range(part.length)]) is not None
        case MapValue() | ListValue():
            return part.is_nothing and part.data != ""
    return True


def _text(data: Json) -> str:
    if isinstance(data, bool):
        return str(data).lower()
    return str(shortest(data) if isinstance(data, float) else data)
