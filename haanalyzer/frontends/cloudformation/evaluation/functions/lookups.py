"""Functions that choose: by a condition, or by the keys of a mapping."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.evaluation.functions.arguments import elements
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import (
    MalformedError,
    choose,
    distribute,
    text_of_scalar,
    unknown_call,
)
from haanalyzer.frontends.tree.nodes import MapNode, Node, ScalarNode, name_of, plain
from haanalyzer.source.span import Span
from haanalyzer.values import Known, Value, assume


def if_(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::If``: the branch taken, or a choice whose branches know how the condition came out."""
    name_node, true_node, false_node = elements(argument, 3, 3)
    name = name_of(name_node)
    if name is None:
        raise MalformedError("the name of a condition")
    condition = scope.condition(scope.substitute(name), name_node.place)
    if isinstance(condition, Known):
        return assume(scope.evaluate(true_node if condition.data else false_node), condition.assuming)
    when_true = scope.where(condition.term, True).evaluate(true_node)
    when_false = scope.where(condition.term, False).evaluate(false_node)
    return choose(condition, when_true, when_false, place)


def find_in_map(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::FindInMap``, with or without a default value."""
    *key_nodes, last = elements(argument, 3, 4)
    default: Node | None = None
    if len(key_nodes) == 3:
        default = last.get("DefaultValue") if isinstance(last, MapNode) else None
        if default is None:
            raise MalformedError("DefaultValue")
    else:
        key_nodes.append(last)
    return distribute([_key(node, scope) for node in key_nodes], lambda keys: _find(keys, default, scope, place))


def _key(node: Node, scope: Scope) -> Value:
    name = name_of(node) if isinstance(node, ScalarNode) and not isinstance(node.data, str) else None
    return scope.evaluate(node) if name is None else Known(data=name, place=node.place)


def _find(keys: list[Value], default: Node | None, scope: Scope, place: Span) -> Value:
    """The entry; where keys are unknown, what every entry that they may mean agrees on."""
    candidates: list[Node] = [mappings] if (mappings := scope.stack.section("Mappings")) else []
    certain = True
    for key in keys:
        maps = [node for node in candidates if isinstance(node, MapNode)]
        if isinstance(key, Known):
            name = text_of_scalar(key.data)
            candidates = [found for node in maps if (found := node.get(name)) is not None]
        else:
            certain = False
            candidates = [entry.value for node in maps for entry in node.entries.values()]
    if default is not None and (not certain or not candidates):
        candidates.append(default)
    if candidates and _agree(candidates):
        return scope.evaluate(candidates[0])
    if certain:
        raise MalformedError(f"an entry {' / '.join(map(str, keys))} in Mappings")
    return unknown_call("Fn::FindInMap", keys, place)


def _agree(candidates: list[Node]) -> bool:
    first = plain(candidates[0])
    return all(plain(candidate) == first for candidate in candidates[1:])
