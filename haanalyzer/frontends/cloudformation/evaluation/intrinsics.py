"""Template expressions to values: scalars, lists, maps, and the dispatch to intrinsic functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from haanalyzer.frontends.cloudformation.evaluation.dynamic import text_value
from haanalyzer.frontends.cloudformation.evaluation.foreach import entries_of
from haanalyzer.frontends.cloudformation.evaluation.functions import FUNCTIONS
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import (
    MalformedError,
    blocker_of,
    distribute,
    rejected,
    unknown_call,
)
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Blocker, Known, ListValue, MapValue, Value, alternatives, assume


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of an expression. What CloudFormation would reject is unknown, with the reason."""
    bounds = scope.stack.bounds
    if bounds.is_too_deep:
        return rejected("expression", "nested too deeply", node.place, scope.identity)
    bounds.depth += 1
    try:
        match node:
            case ScalarNode():
                return _scalar(node, scope)
            case ListNode():
                return _list(node, scope)
            case MapNode():
                return _map(node, scope)
    except MalformedError as error:
        return rejected("expression", f"expected {error}", node.place, scope.identity)
    finally:
        bounds.depth -= 1


def _scalar(node: ScalarNode, scope: Scope) -> Value:
    data = node.data
    if data is None:
        return Absent(place=node.place)
    if isinstance(data, str) and "{" in data:
        return text_value([scope.substitute(data)], node.place)
    return Known(data=data, place=node.place)


def _list(node: ListNode, scope: Scope) -> Value:
    """A list; an element that is there by a condition only makes it a choice between lists."""
    items = [scope.evaluate(item) for item in node.items]
    place = node.place
    optional = [item for item in items if _may_vanish(item)]
    if not optional:
        return ListValue(items=tuple(items), place=place)

    def without_absent(vanishing: list[Value]) -> Value:
        decided = iter(vanishing)
        kept = [next(decided) if _may_vanish(item) else item for item in items]
        more = next((blocker_of(item) for item in kept if _is_vague(item)), None)
        certain = tuple(item for item in kept if not isinstance(item, Absent) and not _is_vague(item))
        return ListValue(items=certain, open=more, place=place)

    return distribute(optional, without_absent)


def _may_vanish(value: Value) -> bool:
    return any(isinstance(branch, Absent) or _is_vague(branch) for branch in alternatives(value))


def _is_vague(value: Value) -> bool:
    """Whether nobody can tell if the value is there at all."""
    return getattr(value, "maybe_absent", False)


def _map(node: MapNode, scope: Scope) -> Value:
    intrinsic = node.intrinsic()
    if intrinsic:
        return _call(*intrinsic, node, scope)
    entries: dict[str, Value] = {}
    more: Blocker | None = None
    for name, entry, inner in entries_of(node, scope):
        if inner is None:
            more = Blocker(name, entry.value.place.first_line(), "its entries are made at deployment")
            continue
        value = inner.evaluate(entry.value)
        if inner is not scope:
            value = assume(value, inner.assuming)
        if not isinstance(value, Absent):
            entries[name] = value
    return MapValue(entries=entries, keys=_KeySpans(node), open=more, place=node.place)


class _KeySpans(Mapping[str, Span]):
    """The places of a map's keys, made when asked for."""

    def __init__(self, node: MapNode) -> None:
        self._node = node

    def __getitem__(self, name: str) -> Span:
        span = self._node.key_span(name)
        if span is None:
            raise KeyError(name)
        return span

    def __iter__(self) -> Iterator[str]:
        return iter(self._node.entries)

    def __len__(self) -> int:
        return len(self._node.entries)


def _call(function: str, argument: Node, node: MapNode, scope: Scope) -> Value:
    place = node.place
    implementation = FUNCTIONS.get(function)
    if function == "Fn::Transform":
        snippet = scope.stack.snippet(argument)
        made = rejected(function, "made by a macro at deployment", place, scope.identity)
        return scope.evaluate(snippet) if snippet else made
    try:
        if implementation:
            return implementation(argument, scope, place)
        return unknown_call(function, [scope.evaluate(argument)], place)
    except MalformedError as error:
        return rejected(function, f"{function} expects {error}", place, scope.identity)
