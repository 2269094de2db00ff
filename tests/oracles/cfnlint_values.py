"""A value of ours beside what cfn-lint resolves an expression to, leaf by leaf."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import Any, NamedTuple

from cfnlint.helpers import is_function

from haanalyzer.values import Absent, Choice, Known, ListValue, MapValue, Unknown, Value, alternatives

Resolver = Any
"""cfn-lint's validator: the context of a value, which its functions are resolved in."""

_MOST_CANDIDATES = 64
_MOST_WAYS = 64


class Leaf(NamedTuple):
    """What became of one leaf.

    ``equal`` (or ours is one of theirs), ``unknown to cfn-lint``, ``unknown to both``, ``several`` of which we know
    none; ``unknown to us``, or ``value`` where ours is none of theirs.
    """

    outcome: str
    path: str
    ours: str
    theirs: str


def compared(ours: Value, theirs: object, resolver: Resolver, path: str) -> Iterator[Leaf]:
    """The leaves of a value, and of an expression as cfn-lint has it after its transforms."""
    if is_function(theirs)[0] is not None:
        yield from _of_function(ours, theirs, resolver, path)
    elif isinstance(ours, Choice):
        yield from _best(list(compared(branch, theirs, resolver, path)) for branch in alternatives(ours))
    elif isinstance(ours, Unknown):
        yield Leaf("unknown to us", path, shown(ours), repr(theirs))
    elif isinstance(ours, MapValue) and isinstance(theirs, Mapping):
        yield from _of_maps(ours, theirs, resolver, path)
    elif isinstance(ours, ListValue) and isinstance(theirs, Sequence) and not isinstance(theirs, str):
        yield from _of_lists(ours, theirs, resolver, path)
    elif isinstance(ours, Known) and _text(ours.data) == _text(theirs):
        yield Leaf("equal", path, shown(ours), repr(theirs))
    elif isinstance(ours, Absent) and theirs is None:
        yield Leaf("equal", path, "absent", "None")
    else:
        yield Leaf("value", path, shown(ours), repr(theirs))


def shown(value: Value) -> str:
    """A value for the table: of an unknown, its term and reason."""
    return f"unknown {value.term} ({value.reason})" if isinstance(value, Unknown) else str(value)


def _of_function(ours: Value, theirs: object, resolver: Resolver, path: str) -> Iterator[Leaf]:
    candidates = _candidates(theirs, resolver)
    branches = [each for each in alternatives(ours) if not (isinstance(each, Absent) and _may_vanish(theirs))]
    for branch in branches:
        if not candidates or (isinstance(branch, Unknown) and _leaves_out(theirs, resolver)):
            outcome = "unknown to both" if isinstance(branch, Unknown) else "unknown to cfn-lint"
            yield Leaf(outcome, path, shown(branch), "nothing")
        elif isinstance(branch, Unknown):
            outcome = "several" if len(candidates) > 1 else "unknown to us"
            yield Leaf(outcome, path, shown(branch), " or ".join(candidates))
        else:
            leaves = _best(list(compared(branch, value, inside, path)) for value, inside in candidates.values())
            if len(candidates) > _MOST_CANDIDATES and any(each.outcome == "value" for each in leaves):
                leaves = [Leaf("several", path, shown(branch), "more than are asked for")]
            yield from leaves


def _leaves_out(theirs: object, resolver: Resolver) -> bool:
    """Whether there is an ``Fn::If`` with a branch that cfn-lint does not know: it goes on with the other one."""
    name, argument = is_function(theirs)
    branches = argument[1:] if name == "Fn::If" and isinstance(argument, list) else []
    if any(is_function(each)[0] and not _candidates(each, resolver) for each in branches):
        return True
    inner = theirs.values() if isinstance(theirs, Mapping) else theirs if isinstance(theirs, list) else ()
    return any(_leaves_out(each, resolver) for each in inner)


def _candidates(theirs: object, resolver: Resolver) -> dict[str, tuple[object, Resolver]]:
    """What cfn-lint resolves an expression to, each by its JSON, with the context that it is so in."""
    found: dict[str, tuple[object, Resolver]] = {}
    for value, inside, error in resolver.resolve_value(theirs):
        if error is None:
            found.setdefault(json.dumps(value, default=str), (value, inside))
        if len(found) > _MOST_CANDIDATES:
            break
    return found


def _best(outcomes: Iterator[list[Leaf]]) -> list[Leaf]:
    """Of several comparisons the one with the fewest differences."""
    return min(outcomes, key=lambda leaves: [sum(each.outcome == kind for each in leaves) for kind in _WORST])


_WORST = ("value", "unknown to us", "several")


def _of_maps(ours: MapValue, theirs: Mapping[Any, object], resolver: Resolver, path: str) -> Iterator[Leaf]:
    for key, value in theirs.items():
        below = f"{path}.{key}"
        entry = ours.entries.get(str(key))
        if entry is not None:
            yield from compared(entry, value, resolver, below)
        elif value is None or (is_function(value)[0] is not None and _may_vanish(value)):
            yield Leaf("equal", below, "absent", repr(value))
        else:
            yield Leaf("unknown to us" if ours.open else "value", below, "absent", repr(value))
    for name in ours.entries.keys() - set(map(str, theirs)):
        yield Leaf("value", f"{path}.{name}", shown(ours.entries[name]), "absent")


def _of_lists(ours: ListValue, theirs: Sequence[object], resolver: Resolver, path: str) -> Iterator[Leaf]:
    written = [(f"{path}[{at}]", item) for at, item in enumerate(theirs) if item != {"Ref": "AWS::NoValue"}]
    optional = [at for at, (_, item) in enumerate(written) if is_function(item)[0] and _may_vanish(item)]
    gone = combinations(optional, max(len(written) - len(ours.items), 0))
    ways = [[pair for at, pair in enumerate(written) if at not in left_out] for left_out in islice(gone, _MOST_WAYS)]
    yield from _best(list(_item_by_item(ours, way, resolver, path)) for way in ways or [written])


def _item_by_item(
    ours: ListValue, theirs: Sequence[tuple[str, object]], resolver: Resolver, path: str
) -> Iterator[Leaf]:
    for item, (below, other) in zip(ours.items, theirs, strict=False):
        yield from compared(item, other, resolver, below)
    for below, other in theirs[len(ours.items) :]:
        yield Leaf("unknown to us" if ours.open else "value", below, "absent", repr(other))
    for item in ours.items[len(theirs) :]:
        yield Leaf("value", f"{path}[]", shown(item), "absent")


def _may_vanish(theirs: object) -> bool:
    return "AWS::NoValue" in json.dumps(theirs, default=str)


def _text(data: object) -> str:
    """A scalar as CloudFormation has it: everything is text in the end."""
    if isinstance(data, bool):
        return str(data).lower()
    return data.isoformat() if isinstance(data, datetime.date) else str(data)
