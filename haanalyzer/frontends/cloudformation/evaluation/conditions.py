"""Conditions, in three values: decided, or a term that equal conditions share."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.frontends.cloudformation.evaluation.facts import AND, EQUALS, OR, negation, together
from haanalyzer.frontends.cloudformation.evaluation.scope import Decision, Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import NOT, MalformedError, argument_of, call, rejected
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, name_of
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Known, ListValue, Term, Truth, Unknown, Value, all_of, assumptions, blockers, same


def decide(node: Node, scope: Scope) -> Decision:
    """Whether a condition holds. What CloudFormation would reject is undecided."""
    try:
        return _decide(node, scope)
    except MalformedError as error:
        return rejected("condition", str(error), node.place, scope.identity)


def _decide(node: Node, scope: Scope) -> Decision:
    if isinstance(node, ScalarNode) and isinstance(node.data, bool):
        return Known(data=node.data, place=node.place)
    if isinstance(node, ScalarNode) and node.data in ("true", "false"):
        return Known(data=node.data == "true", place=node.place)
    if not isinstance(node, MapNode) or len(node.entries) != 1:
        raise MalformedError("expected Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition")
    ((function, entry),) = node.entries.items()
    if function == "Condition":
        name = name_of(entry.value)
        if name is None:
            raise MalformedError("expected the name of a condition")
        return scope.condition(name, entry.value.place)
    if function in (AND, OR):
        return _combine(function, [decide(item, scope) for item in _items(function, entry.value)], node.place)
    if function == NOT:
        (negated,) = _items(function, entry.value, exactly=1)
        return _negate(decide(negated, scope))
    if function == EQUALS:
        left, right = (scope.evaluate(item) for item in _items(function, entry.value, exactly=2))
        return _equals(left, right, node.place)
    return _truth_of(scope.evaluate(node))


def _items(function: str, node: Node, exactly: int | None = None) -> list[Node]:
    items: list[Node] = node.items if isinstance(node, ListNode) else [node]
    if not items or (exactly is not None and len(items) != exactly):
        raise MalformedError(f"{function} expects {exactly or 'some'} element(s), found {len(items)}")
    return items


def _truth_of(value: Value) -> Decision:
    """What a function of a macro or of a parameter gives as a condition."""
    if isinstance(value, Known) and value.data in ("true", "false", True, False):
        return replace(value, data=value.data in ("true", True))
    if isinstance(value, Unknown):
        return value
    raise MalformedError("expected true or false")


def _combine(function: str, parts: list[Decision], place: Span) -> Decision:
    """And, Or: one decisive part decides; what is left undecided becomes one term."""
    decisive = function == OR
    for part in parts:
        if isinstance(part, Known) and part.data is decisive:
            return replace(part, place=place)
    taken = frozenset(assumption for part in parts for assumption in part.assuming)
    undecided = [part for part in parts if isinstance(part, Unknown)]
    if not undecided:
        return Known(data=not decisive, place=place, assuming=taken)
    term = together(function, [part.term for part in undecided])
    return Unknown(term=term, reason=undecided[0].reason, place=place, assuming=taken)


def _negate(part: Decision) -> Decision:
    if isinstance(part, Known):
        return replace(part, data=not part.data)
    return replace(part, term=negation(part.term))


def _equals(left: Value, right: Value, place: Span) -> Decision:
    taken = assumptions(left, right)
    truth = _same(left, right)
    if truth is not Truth.MAYBE:
        return Known(data=truth is Truth.YES, place=place, assuming=taken)
    why = blockers(left, right)
    sides = sorted((argument_of(left), argument_of(right)), key=lambda side: (isinstance(side, str), str(side)))
    term: Term = call(EQUALS, sides)
    reason = f"depends on {why[0].term}: {why[0].reason}" if why else "decided at deployment"
    return Unknown(term=term, reason=reason, place=place, assuming=taken)


def _same(left: Value, right: Value) -> Truth:
    if isinstance(left, ListValue) and isinstance(right, ListValue) and not left.open and not right.open:
        if len(left.items) != len(right.items):
            return Truth.NO
        return all_of(_same(mine, other) for mine, other in zip(left.items, right.items, strict=True))
    if isinstance(left, Absent) or isinstance(right, Absent):
        return Truth.MAYBE
    return same(left, right)
