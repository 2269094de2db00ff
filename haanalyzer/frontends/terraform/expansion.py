"""``count`` and ``for_each``: which instances there are, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from haanalyzer.frontends.deployment import CERTAIN, Existence
from haanalyzer.frontends.terraform.evaluation.choices import each_branch
from haanalyzer.frontends.terraform.evaluation.registry import Registry
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, blocker_of, zones_of
from haanalyzer.frontends.terraform.evaluation.types import to_number
from haanalyzer.source.span import Span
from haanalyzer.values import (
    PAST_BUDGET,
    Absent,
    Assumption,
    Blocker,
    Call,
    Choice,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Term,
    Unknown,
    Value,
    ZoneList,
    assume,
    undecided_condition,
)

TEMPLATE = "[*]"
"""The suffix of the one instance that stands for an unknown number of them."""


@dataclass(frozen=True, slots=True)
class InstanceKey:
    """One instance of a block. ``suffix`` continues its address; ``names`` holds ``count`` or ``each``."""

    suffix: str
    names: Mapping[str, Value]
    existence: Existence


@dataclass(frozen=True, slots=True)
class Repetition:
    """What a block says of its own number. ``value`` is None where it is there just once."""

    kind: str
    value: Value | None
    address: str
    place: Span
    registry: Registry

    def instances(self) -> list[InstanceKey]:
        """Every instance that is or may be there; the template instance last."""
        if self.value is None:
            return [InstanceKey("", {}, CERTAIN)]
        cases = list(_cases(self.value))
        taken = frozenset(assumption for case in cases for assumption in case.assuming)
        keys: dict[str, Value] = {}
        where: dict[str, list[_Case]] = {}
        rest: list[Blocker] = []
        open_in: list[_Case] = []
        for case in cases:
            members, more = self._members(case.leaf)
            for suffix, member in members.items():
                keys.setdefault(suffix, member[0])
                where.setdefault(suffix, []).append(case)
            if more:
                rest.append(more)
                open_in.append(case)
        found = [
            InstanceKey(suffix, self._names(suffix, key), _existence(where[suffix], cases, taken))
            for suffix, key in keys.items()
        ]
        if rest:
            inside = _existence(open_in, cases, taken)
            unless = tuple(dict.fromkeys((*rest, *(blocker for case in cases for blocker in case.conditions.values()))))
            existence = replace(inside, unless=unless, several=True)
            found.append(InstanceKey(TEMPLATE, self._template_names(), existence))
        return found

    def refer(self, entity: Callable[[str], Value]) -> Value:
        """What a reference to the block is: one entity, or a list or map of them, open like the repetition."""

        def collection(leaf: Value) -> Value:
            members, more = self._members(leaf)
            if "" in members:
                return entity("")
            blocker = Blocker(self.address, more.place, more.reason) if more else None
            if self.kind == "count":
                return ListValue(items=tuple(map(entity, members)), open=blocker, place=self.place)
            pairs = [(key, entity(suffix)) for suffix, (key, _) in members.items()]
            if any(isinstance(key, Unknown) for key, _ in pairs):
                keyed_map = self.registry.add_map(pairs, blocker, self.place, term=Symbol(self.address))
                if keyed_map is not None:
                    return keyed_map
            entries = {str(key): value for key, value in pairs}
            return MapValue(entries=entries, keys={}, open=blocker, place=self.place)

        return entity("") if self.value is None else each_branch(self.value, collection)

    def _members(self, leaf: Value) -> tuple[dict[str, tuple[Value, Value]], Blocker | None]:
        """Key and value of each certain instance, by its suffix, and what leaves their number open."""
        match leaf:
            case Absent():
                return {"": (leaf, leaf)}, None
            case Known(data=int(number)):
                return self._numbered(number), None
            case MapValue(entries=entries, keys=keys, open=more):
                return {
                    _suffix(key): (Known(data=key, place=keys.get(key, self.place)), entries[key])
                    for key in sorted(entries)
                }, more
            case Unknown(minimum=minimum):
                keyed_map = self.registry.map(leaf) if self.kind == "for_each" else None
                if keyed_map is not None:
                    return {_suffix(_text(key)): (key, value) for key, value in keyed_map.pairs}, keyed_map.open
                return self._numbered((minimum or 0) if self.kind == "count" else 0), blocker_of(leaf)
        raise TypeError(f"no repetition: {leaf}")

    def _numbered(self, number: int) -> dict[str, tuple[Value, Value]]:
        indices = [Known(data=index, place=self.place) for index in range(number)]
        return {f"[{index}]": (index, index) for index in indices}

    def _names(self, suffix: str, key: Value) -> Mapping[str, Value]:
        if suffix == "" or self.value is None:
            return {}
        if self.kind == "count":
            return {"count": _object({"index": key}, self.place)}

        def entry(leaf: Value) -> Value:
            if isinstance(leaf, MapValue) and isinstance(key, Known):
                found = leaf.entries.get(str(key))
            else:
                _, found = self._members(leaf)[0].get(suffix, (key, None))
            if found is None:
                raise EvaluationError(f"no instance {suffix}")
            return found

        return {"each": _object({"key": key, "value": each_branch(self.value, entry)}, self.place)}

    def _template_names(self) -> Mapping[str, Value]:
        if self.kind == "count":
            return {"count": _object({"index": self._unknown(f"{TEMPLATE}.count.index")}, self.place)}
        both = {name: self._unknown(f"{TEMPLATE}.each.{name}") for name in ("key", "value")}
        return {"each": _object(both, self.place)}

    def _unknown(self, name: str) -> Value:
        found = blocker_of(self.value or Absent(place=self.place))
        return Unknown(term=Symbol(f"{self.address}{name}"), reason=found.reason, place=found.place)


def repetition_of(
    written: Mapping[str, tuple[Value, Span]], address: str, place: Span, most: int, registry: Registry
) -> Repetition:
    """``count`` or ``for_each`` of a block, as a value and its place; an unknown number where Terraform rejects it."""
    for kind, check in (("count", counted), ("for_each", keyed)):
        if kind not in written:
            continue
        value, where = written[kind]
        try:
            return Repetition(kind, check(value, address, most, registry), address, place, registry)
        except EvaluationError as error:
            unknown = Unknown(term=Symbol(f"{kind} of {address}"), reason=str(error), place=where)
            return Repetition(kind, unknown, address, place, registry)
    return Repetition("single", None, address, place, registry)


def within(outer: Existence, inner: Existence) -> Existence:
    """The existence of what is there only where what it is in is there too."""
    unless = tuple(dict.fromkeys((*outer.unless, *inner.unless)))
    conditions = tuple(dict.fromkeys((*outer.conditions, *inner.conditions)))
    if outer.explained and inner.explained:
        why = dict(zip((*inner.conditions, *outer.conditions), (*inner.unless, *outer.unless), strict=True))
        unless = tuple(why[condition] for condition in conditions)
    elif len(conditions) == len(unless):
        conditions = ()
    return Existence(
        unless=unless,
        assuming=outer.assuming | inner.assuming,
        several=outer.several or inner.several,
        conditions=conditions,
    )


def counted(value: Value, address: str, most: int, _: Registry) -> Value:
    """A ``count`` whose known branches are whole numbers up to ``most``. Raises EvaluationError."""

    def check(leaf: Value) -> Value:
        match leaf:
            case Known(data=data):
                number = to_number(data)
                if number < 0 or not isinstance(number, int):
                    raise EvaluationError("count is a whole number from 0 on")
                if number > most:
                    return _too_many(f"count of {address}", leaf)
                return Known(data=number, place=leaf.place, assuming=leaf.assuming)
            case Unknown(minimum=int(minimum)) if minimum > most:
                return _too_many(f"count of {address}", leaf)
            case Unknown() | Absent():
                return leaf
        raise EvaluationError("count is a number")

    return each_branch(value, check)


def keyed(value: Value, address: str, most: int, registry: Registry) -> Value:
    """A ``for_each`` whose branches are maps, of the registry where keys are unknown. Raises EvaluationError."""

    def check(leaf: Value) -> Value:
        match leaf:
            case ListValue() if (of_unknown := _unknown_set(leaf, registry)) is not None:
                return of_unknown
            case Unknown(term=ZoneList() as zones):
                listed = ListValue(items=zones_of(zones, leaf), open=blocker_of(leaf), place=leaf.place)
                return _unknown_set(listed, registry) or leaf
            case ListValue(items=items, open=more):
                known = {str(item): item for item in items if isinstance(item, Known)}
                unknown = next((item for item in items if not isinstance(item, Known)), None)
                leaf = MapValue(
                    entries=known,
                    keys={key: item.place for key, item in known.items()},
                    open=more or (blocker_of(unknown) if unknown else None),
                    place=leaf.place,
                    assuming=leaf.assuming,
                )
            case MapValue() | Unknown() | Absent():
                pass
            case _:
                raise EvaluationError("for_each is a map or a set of strings")
        too_many = isinstance(leaf, MapValue) and len(leaf.entries) > most
        return _too_many(f"for_each of {address}", leaf) if too_many else leaf

    return each_branch(value, check)


def _unknown_set(value: ListValue, registry: Registry) -> Value | None:
    return registry.add_map([(item, item) for item in value.items], value.open, value.place, rest=value.rest)


def _too_many(name: str, value: Value) -> Value:
    return Unknown(term=Symbol(name), reason=f"more instances than are analyzed {PAST_BUDGET}", place=value.place)


@dataclass(frozen=True, slots=True)
class _Case:
    """A branch of a choice, and the conditions under which it is taken, each with what keeps it from being known."""

    leaf: Value
    conditions: Mapping[Term, Blocker]
    assuming: frozenset[Assumption]


def _cases(value: Value, conditions: Mapping[Term, Blocker] = MappingProxyType({})) -> Iterator[_Case]:
    if isinstance(value, Choice):
        blocker = undecided_condition(value)
        for condition, branch in (
            (value.condition, value.when_true),
            (Call("!", (value.condition,)), value.when_false),
        ):
            yield from _cases(assume(branch, value.assuming), {**conditions, condition: blocker})
    else:
        yield _Case(value, conditions, value.assuming)


def _existence(found: Sequence[_Case], cases: Sequence[_Case], assuming: frozenset[Assumption]) -> Existence:
    """The existence of what is there in some of the cases: what they share explains it, if no other case does."""
    shared = {key: why for key, why in found[0].conditions.items() if all(key in case.conditions for case in found)}
    if sum(1 for case in cases if shared.keys() <= case.conditions.keys()) == len(found):
        return Existence(tuple(shared.values()), assuming, conditions=tuple(shared))
    unless = tuple(dict.fromkeys(why for case in cases for why in case.conditions.values()))
    return Existence(unless, assuming, conditions=tuple(shared) if len(shared) < len(unless) else ())


def _suffix(key: str) -> str:
    return f"[{json.dumps(key, ensure_ascii=False)}]"


def _text(key: Value) -> str:
    """A key as an address shows it: an unknown one as the expression it would come from."""
    return f"${{{key.term}}}" if isinstance(key, Unknown) else str(key)


def _object(entries: Mapping[str, Value], place: Span) -> Value:
    return MapValue(entries=entries, keys={}, place=place)
