"""Functions that choose: by a condition, or by the keys of a mapping."""

from __future__ import annotations

from typing import NamedTuple

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
from haanalyzer.values import Known, Unknown, Value, assume

_MOST_ENTRIES = 4


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
    """``Fn::FindInMap``, with or without a default value, which counts where there is no such entry."""
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


class _Meant(NamedTuple):
    """An entry of Mappings, None where there is none, and the name that an unknown key has if this one is meant.

    Without a name the key is known, or has any other name.
    """

    entry: Node | None
    name: str | None = None


def _find(keys: list[Value], default: Node | None, scope: Scope, place: Span) -> Value:
    """The entry; where keys are unknown, what every entry that they may mean agrees on, or a choice between few."""
    unknown = [key for key in keys if isinstance(key, Unknown)]
    meant = [_Meant(scope.stack.section("Mappings"))]
    for key in keys:
        meant = [each for one in meant for each in _below(one, key, scope)]
    candidates = [each._replace(entry=each.entry or default) for each in meant]
    entries = [each.entry for each in candidates if each.entry is not None]
    if not entries:
        raise MalformedError(f"an entry {' / '.join(map(str, keys))} in Mappings")
    if _agree(entries):
        return scope.evaluate(entries[0])
    if len(unknown) > 1 or len(entries) > _MOST_ENTRIES:
        otherwise = [scope.evaluate(default)] if default else []
        return unknown_call("Fn::FindInMap", [*keys, *otherwise], place)
    return _choice(unknown[0], [each for each in candidates if each.entry is not None], scope, place)


def _below(meant: _Meant, key: Value, scope: Scope) -> list[_Meant]:
    """What a key means in an entry that is meant."""
    inside = meant.entry if isinstance(meant.entry, MapNode) else None
    match key:
        case Known(data=data):
            return [meant._replace(entry=inside.get(text_of_scalar(data)) if inside else None)]
        case Unknown(term=term, many=False):
            domain = scope.stack.domain(term)
            entries = inside.entries if inside else {}
            names = [name for name in entries if domain.allows(name) and scope.may_be(term, name)]
            found = [_Meant(entries[name].value, name) for name in names]
            return found if domain.texts and set(domain.texts) <= set(names) else [*found, _Meant(None)]
    raise MalformedError("a text as key")


def _choice(key: Unknown, candidates: list[_Meant], scope: Scope, place: Span) -> Value:
    """One of several entries, by the name that a key turns out to have; the last one where it has no other."""
    *others, last = candidates
    value = _evaluated(last, scope)
    for each in reversed(others):
        if each.name is not None:
            term = scope.stack.domain(key.term).equation(key.term, each.name)
            condition = Unknown(term=term, reason=f"depends on {key.term}: {key.reason}", place=key.place)
            value = choose(condition, _evaluated(each, scope), value, place)
    return value


def _evaluated(meant: _Meant, scope: Scope) -> Value:
    if meant.entry is None:
        raise MalformedError("an entry in Mappings")
    return scope.evaluate(meant.entry)


def _agree(candidates: list[Node]) -> bool:
    first = plain(candidates[0])
    return all(plain(candidate) == first for candidate in candidates[1:])
