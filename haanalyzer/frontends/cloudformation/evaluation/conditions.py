"""Conditions, in three values: decided, or a term that equal conditions share."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.frontends.cloudformation.evaluation.decisions import combined, equality, negated
from haanalyzer.frontends.cloudformation.evaluation.membership import MEMBERSHIP, Comparison
from haanalyzer.frontends.cloudformation.evaluation.scope import Decision, Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import AND, EQUALS, NOT, OR, MalformedError, rejected
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, name_of
from haanalyzer.source.span import Span
from haanalyzer.values import Known, Unknown, Value


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
        return combined(function, [decide(item, scope) for item in _items(function, entry.value)], node.place)
    if function == NOT:
        (inner,) = _items(function, entry.value, exactly=1)
        return negated(decide(inner, scope))
    if function == EQUALS or function in MEMBERSHIP:
        compare = equality if function == EQUALS else MEMBERSHIP[function]
        return _compared(compare, _items(function, entry.value, exactly=2), scope, node.place)
    return _truth_of(scope.evaluate(node))


def _compared(compare: Comparison, operands: list[Node], scope: Scope, place: Span) -> Decision:
    """How two operands compare: secrets may decide that, and are no part of what stays undecided."""
    for each in (replace(scope, reveals=True), scope) if scope.stack.secrets else (scope,):
        left, right = (each.evaluate(operand) for operand in operands)
        decision = compare(left, right, scope.stack, place)
        if isinstance(decision, Known):
            break
    return decision


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
