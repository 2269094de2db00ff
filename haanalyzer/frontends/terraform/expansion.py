"""``count`` and ``for_each``: which instances there are, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from haanalyzer.frontends.deployment import CERTAIN, Existence
from haanalyzer.frontends.terraform.choices import each_branch
from haanalyzer.frontends.terraform.symbolic import EvaluationError, blocker_of
from haanalyzer.frontends.terraform.types import to_number
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Choice,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Unknown,
    Value,
    assume,
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

    def instances(self) -> list[InstanceKey]:
        """Every instance that is or may be there; the template instance last."""
        if self.value is None:
            return [InstanceKey("", {}, CERTAIN)]
        cases = list(_cases(self.value))
        unless = tuple(dict.fromkeys(blocker for case in cases for blocker in case.unless))
        taken = frozenset(assumption for case in cases for assumption in case.assuming)
        occurrences: dict[str, int] = {}
        rest: list[Blocker] = []
        for case in cases:
            suffixes, more = _suffixes(case.leaf)
            for suffix in suffixes:
                occurrences[suffix] = occurrences.get(suffix, 0) + 1
            rest += [more] if more else []
        found = [
            InstanceKey(
                suffix,
                self._names(suffix),
                Existence(unless=() if times == len(cases) else unless, assuming=taken),
            )
            for suffix, times in occurrences.items()
        ]
        if rest:
            blockers = tuple(dict.fromkeys((*rest, *unless)))
            existence = Existence(unless=blockers, assuming=taken, several=True)
            found.append(InstanceKey(TEMPLATE, self._names(TEMPLATE), existence))
        return found

    def refer(self, entity: Callable[[str], Value]) -> Value:
        """What a reference to the block is: one entity, or a list or map of them, open like the repetition."""

        def collection(leaf: Value) -> Value:
            suffixes, more = _suffixes(leaf)
            if suffixes == [""]:
                return entity("")
            blocker = Blocker(self.address, more.place, more.reason) if more else None
            if self.kind == "count":
                return ListValue(items=tuple(map(entity, suffixes)), open=blocker, place=self.place)
            entries = {_key(suffix): entity(suffix) for suffix in suffixes}
            return MapValue(entries=entries, keys={}, open=blocker, place=self.place)

        return entity("") if self.value is None else each_branch(self.value, collection)

    def _names(self, suffix: str) -> Mapping[str, Value]:
        if suffix == "":
            return {}
        assert self.value is not None
        if self.kind == "count":
            index: Value = (
                self._unknown(f"{TEMPLATE}.count.index")
                if suffix == TEMPLATE
                else Known(data=int(suffix[1:-1]), place=self.place)
            )
            return {"count": _object({"index": index}, self.place)}
        if suffix == TEMPLATE:
            both = {name: self._unknown(f"{TEMPLATE}.each.{name}") for name in ("key", "value")}
            return {"each": _object(both, self.place)}
        key = _key(suffix)
        written = (case.leaf.keys for case in _cases(self.value) if isinstance(case.leaf, MapValue))
        place = next((keys[key] for keys in written if key in keys), self.place)
        entry = each_branch(self.value, lambda leaf: _entry(leaf, key))
        return {"each": _object({"key": Known(data=key, place=place), "value": entry}, self.place)}

    def _unknown(self, name: str) -> Value:
        assert self.value is not None
        found = blocker_of(self.value)
        return Unknown(term=Symbol(f"{self.address}{name}"), reason=found.reason, place=found.place)


def within(outer: Existence, inner: Existence) -> Existence:
    """The existence of what is there only where what it is in is there too."""
    return Existence(
        unless=tuple(dict.fromkeys((*outer.unless, *inner.unless))),
        assuming=outer.assuming | inner.assuming,
        several=outer.several or inner.several,
    )


def counted(value: Value, address: str, most: int) -> Value:
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


def keyed(value: Value, address: str, most: int) -> Value:
    """A ``for_each`` whose known branches are maps of strings, open where keys are unknown. Raises EvaluationError."""

    def check(leaf: Value) -> Value:
        match leaf:
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


def _too_many(name: str, value: Value) -> Value:
    return Unknown(term=Symbol(name), reason="more instances than are analyzed", place=value.place)


@dataclass(frozen=True, slots=True)
class _Case:
    leaf: Value
    unless: tuple[Blocker, ...]
    assuming: frozenset[Assumption]


def _cases(value: Value, unless: tuple[Blocker, ...] = ()) -> Iterator[_Case]:
    if isinstance(value, Choice):
        condition = Blocker(str(value.condition), value.place, value.reason)
        for branch in (value.when_true, value.when_false):
            yield from _cases(assume(branch, value.assuming), (*unless, condition))
    else:
        yield _Case(value, unless, value.assuming)


def _suffixes(leaf: Value) -> tuple[list[str], Blocker | None]:
    match leaf:
        case Absent():
            return [""], None
        case Known(data=int(number)):
            return [f"[{index}]" for index in range(number)], None
        case MapValue(entries=entries, open=more):
            return [f"[{json.dumps(key, ensure_ascii=False)}]" for key in sorted(entries)], more
        case Unknown(minimum=minimum):
            return [f"[{index}]" for index in range(minimum or 0)], blocker_of(leaf)
    raise TypeError(f"no repetition: {leaf}")


def _key(suffix: str) -> str:
    return str(json.loads(suffix[1:-1]))


def _entry(leaf: Value, key: str) -> Value:
    if isinstance(leaf, MapValue) and key in leaf.entries:
        return leaf.entries[key]
    raise EvaluationError(f"no instance {key}")


def _object(entries: Mapping[str, Value], place: Span) -> Value:
    return MapValue(entries=entries, keys={}, place=place)
