"""Function calls: those that look at their arguments' failures or texts, and those that are given values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from haanalyzer.frontends.terraform import functions
from haanalyzer.frontends.terraform.evaluation.access import surely_evaluates
from haanalyzer.frontends.terraform.evaluation.choices import each_branch, is_failure, together
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, opaque
from haanalyzer.frontends.terraform.evaluation.template_calls import TEMPLATE_CALLS, call_template
from haanalyzer.frontends.terraform.evaluation.types import is_unordered
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.source.span import Span
from haanalyzer.values import Known, ListValue, MapValue, Unknown, Value, alternatives, assume, walk

Evaluate = Callable[[syntax.Expression, Scope], Value]


def evaluate_call(node: syntax.FunctionCall, scope: Scope, evaluate: Evaluate) -> Value:
    """What the function returns. Raises EvaluationError where Terraform would."""
    place = scope.span(node.start, node.end)
    name = node.name.removeprefix("core::")
    if name == "try" and not node.expand_last:
        return _try(node.arguments, scope, place, evaluate)
    if name == "can" and len(node.arguments) == 1:
        return _can(node.arguments[0], scope, place, evaluate)
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    if name in functions.IMPURE:
        return replace(opaque(name, arguments, place), term=scope.own_term(name, node.start))
    if name in TEMPLATE_CALLS and not node.expand_last:
        return call_template(name, arguments, place, scope, evaluate)
    keyed = scope.module.registry.map(arguments[0]) if len(arguments) == 1 else None
    if keyed is not None and name in ("keys", "values"):
        side = 0 if name == "keys" else 1
        rest = opaque(name, arguments, place).term if keyed.open else None
        return ListValue(items=tuple(pair[side] for pair in keyed.pairs), open=keyed.open, rest=rest, place=place)
    if keyed is not None and name == "length" and keyed.open is None:
        return Known(data=len(keyed.pairs), place=place)
    if node.expand_last and arguments:
        return together(arguments, lambda values: _expanded(name, values, place, scope), keep_failures=scope.trying)
    return functions.call(name, arguments, place, scope.context)


# Where f(a, b, c) is f(a, f(b, c)), one unknown stands for all further arguments.
_FOLDING = frozenset({"coalesce", "coalescelist", "concat", "max", "merge", "min", "setintersection", "setunion"})


def _expanded(name: str, arguments: list[Value], place: Span, scope: Scope) -> Value:
    """A call whose last argument stands for several (``...``)."""
    *first, last = arguments
    match last:
        case ListValue(items=items, open=None):
            given = [*first, *items]
        case ListValue() | Unknown() if name in _FOLDING:
            certain = last.items if isinstance(last, ListValue) and not is_unordered(last) else ()
            given = [*first, *certain, opaque(f"{name}…", [last], place)]
        case ListValue() | Unknown():
            return opaque(f"{name}…", arguments, place, maybe_absent=True)
        case _:
            raise EvaluationError("only a list can be expanded into arguments")
    return assume(functions.call(name, given, place, scope.context), last.assuming)


def _try(arguments: tuple[syntax.Expression, ...], scope: Scope, place: Span, evaluate: Evaluate) -> Value:
    """The first argument that is no error; where that is not known, an unknown of all of them."""
    if not arguments:
        raise EvaluationError("no argument of try is valid")
    first, rest = arguments[0], arguments[1:]
    try:
        found = evaluate(first, scope.attempt())
    except EvaluationError:
        return _try(rest, scope, place, evaluate)
    if not rest or _sure(first, found):
        return found

    def settle(value: Value) -> Value:
        if is_failure(value):
            return _try(rest, scope, place, evaluate)
        if _sure(first, value):
            return value
        return opaque("try", [value, _try(rest, scope, place, evaluate)], place, maybe_absent=True)

    return each_branch(found, settle, keep_failures=scope.trying)


def _can(argument: syntax.Expression, scope: Scope, place: Span, evaluate: Evaluate) -> Value:
    try:
        found = evaluate(argument, scope.attempt())
    except EvaluationError:
        return Known(data=False, place=place)

    def settle(value: Value) -> Value:
        if is_failure(value):
            return Known(data=False, place=place)
        return Known(data=True, place=place) if _sure(argument, value) else opaque("can", [value], place)

    return each_branch(found, settle)


def _sure(node: syntax.Expression, value: Value) -> bool:
    """Whether an expression of this value is certainly no error.

    What a reference leads to was evaluated elsewhere, where an error is no error of this expression.
    """
    match node, value:
        case ((syntax.GetAttribute() | syntax.Index() | syntax.Variable()), _):
            unknown = [leaf for leaf in alternatives(value) if isinstance(leaf, Unknown)]
        case syntax.TupleExpression(items=nodes), ListValue(items=items) if len(nodes) == len(items):
            return all(map(_sure, nodes, items))
        case _:
            unknown = [part for part in walk(value) if isinstance(part, Unknown)]
            if any(isinstance(part, ListValue | MapValue) and part.open for part in walk(value)):
                return False  # what leaves it open may be nothing that can be iterated over
    return all(surely_evaluates(part.term) and not is_failure(part) for part in unknown)
