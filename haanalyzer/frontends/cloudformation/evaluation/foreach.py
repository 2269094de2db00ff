"""``Fn::ForEach``: the entries of a map with its loops unrolled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.tree.nodes import FOR_EACH, Entry, ListNode, MapNode, text_of
from haanalyzer.values import Known, ListValue, Value


class Unrolled(NamedTuple):
    """An entry under the name it has after unrolling; the scope is None where entries are made at deployment."""

    name: str
    entry: Entry
    scope: Scope | None


def entries_of(node: MapNode, scope: Scope) -> Iterator[Unrolled]:
    """The entries of a map; each turn of a loop has a scope of its own."""
    for name, entry in node.entries.items():
        if name == "Fn::Transform":
            snippet = scope.stack.snippet(entry.value)
            yield from entries_of(snippet, scope) if snippet else [Unrolled(name, entry, None)]
        elif name.startswith(FOR_EACH):
            yield from _unrolled(name, entry, scope)
        else:
            yield Unrolled(scope.substitute(name), entry, scope)


def _unrolled(name: str, entry: Entry, scope: Scope) -> Iterator[Unrolled]:
    items = entry.value.items if isinstance(entry.value, ListNode) else []
    variable = text_of(items[0]) if items else None
    turns = _turns(scope.evaluate(items[1])) if len(items) == 3 else None
    if variable is None or turns is None or not isinstance(items[2], MapNode):
        yield Unrolled(name, entry, None)
        return
    for turn in turns:
        if not scope.stack.bounds.may_turn():
            yield Unrolled(name, entry, None)
            return
        yield from entries_of(items[2], scope.binding(variable, turn))


def _turns(collection: Value) -> list[Value] | None:
    """The values that a loop runs over, if all are known; a list among them, such as a parameter, gives each of its."""
    if not isinstance(collection, ListValue) or collection.open:
        return None
    turns: list[Value] = []
    for item in collection.items:
        inner = [item] if isinstance(item, Known) else _turns(item)
        if inner is None:
            return None
        turns += inner
    return turns
