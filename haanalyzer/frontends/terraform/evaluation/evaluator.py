"""Expressions to values: lazily through the names of a module, soundly through what is unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from haanalyzer.frontends.terraform.evaluation import operators
from haanalyzer.frontends.terraform.evaluation.access import attribute, element, splat, surely_evaluates
from haanalyzer.frontends.terraform.evaluation.calls import evaluate_call
from haanalyzer.frontends.terraform.evaluation.choices import each_branch, together
from haanalyzer.frontends.terraform.evaluation.comprehension import evaluate_for
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, opaque, term_of, value_of
from haanalyzer.frontends.terraform.evaluation.types import to_text
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Blocker,
    Call,
    Choice,
    Known,
    ListValue,
    MapValue,
    Term,
    Truth,
    Unknown,
    Value,
    assume,
    assumptions,
    concat,
    first_blocker,
    same,
)

_ELEMENT = "[*]"


def evaluate(node: syntax.Expression, scope: Scope) -> Value:
    """The value of an expression. Raises EvaluationError for what Terraform rejects, BudgetError past the budget."""
    scope.evaluations.charge()
    return _EVALUATORS[type(node)](node, scope)


def _literal(node: syntax.Literal, scope: Scope) -> Value:
    place = scope.span(node.start, node.end)
    if isinstance(node.value, float) and not isfinite(node.value):
        raise EvaluationError("this number is too large")
    return value_of(node.value, place)


def _variable(node: syntax.Variable, scope: Scope) -> Value:
    found = scope.names.get(node.name)
    if found is None:
        raise EvaluationError(f"{node.name} is not a name here")
    return found


def _get_attribute(node: syntax.GetAttribute, scope: Scope) -> Value:
    place = scope.span(node.start, node.end)
    match node.of:
        case syntax.Variable(name=root) if root not in scope.names:
            return scope.module.reference(root, node.name, place)
        case syntax.GetAttribute(of=syntax.Variable(name="data"), name=type_) if "data" not in scope.names:
            return scope.module.data(type_, node.name, place)
    return attribute(evaluate(node.of, scope), node.name, place, scope.module.registry, keep_failures=scope.trying)


def _index(node: syntax.Index, scope: Scope) -> Value:
    place = scope.span(node.start, node.end)
    match node:
        case syntax.Index(of=syntax.Variable(name=root), key=syntax.Literal(value=str(name))) if (
            root not in scope.names
        ):
            return scope.module.reference(root, name, place)
    container, key = evaluate(node.of, scope), evaluate(node.key, scope)
    if not isinstance(key, Known):
        scope.evaluations.charge_for(container, key)
    return element(container, key, place, scope.module.registry, keep_failures=scope.trying)


def _splat(node: syntax.Splat, scope: Scope) -> Value:
    def each(item: Value) -> Value:
        return evaluate(node.each, scope.naming({_ELEMENT: item}))

    path = _path(node.each)
    return splat(evaluate(node.of, scope), each, path, scope.module.registry, keep_failures=scope.trying)


def _path(each: syntax.Expression) -> str:
    match each:
        case syntax.GetAttribute(of=of, name=name):
            return f"{_path(of)}.{name}"
        case syntax.Index(of=of, key=syntax.Literal(value=key)):
            return f"{_path(of)}[{key}]"
        case syntax.SplatElement():
            return ""
    return f"?{each.start}"


def _splat_element(_: syntax.SplatElement, scope: Scope) -> Value:
    return scope.names[_ELEMENT]


def _template(node: syntax.Template, scope: Scope) -> Value:
    place = scope.span(node.start, node.end)
    match node.parts:
        case (syntax.ForExpression(value=syntax.Template() | syntax.Literal()),):
            pass  # a directive, whose repetitions are joined
        case (only,) if not isinstance(only, str):
            return evaluate(only, scope)
    values = [value_of(part, place) if isinstance(part, str) else _part(part, scope) for part in node.parts]
    scope.evaluations.charge_for(*values)
    return together(values, lambda parts: _joined(parts, place), keep_failures=scope.trying)


def _part(node: syntax.Expression, scope: Scope) -> Value:
    """A part of a text; none but a directive is made of several."""
    found = evaluate(node, scope)
    if isinstance(found, ListValue | MapValue) and not isinstance(node, syntax.ForExpression):
        raise EvaluationError("a template takes strings, numbers and booleans only")
    return found


def _joined(values: list[Value], place: Span) -> Value:
    """The text that these parts make; a list is what a directive repeats."""
    pieces: list[str | Term] = []
    for value in values:
        match value:
            case Known(data=data):
                pieces.append(to_text(data))
            case Unknown(term=term):
                pieces.append(term)
            case ListValue(items=items, open=None) if all(isinstance(item, Known) for item in items):
                pieces += [str(item) for item in items]
            case ListValue():
                pieces.append(opaque("join", [value], place).term)
            case _:
                raise EvaluationError("a template takes strings, numbers and booleans only")
    text = concat(pieces)
    taken = assumptions(*values)
    if isinstance(text, str):
        return value_of(text, place, taken)
    found = first_blocker(*values)
    reason, where = (found.reason, found.place) if found else ("not known", place)
    return Unknown(term=text, reason=reason, place=where, assuming=taken)


def _call(node: syntax.FunctionCall, scope: Scope) -> Value:
    return evaluate_call(node, scope, evaluate)


def _conditional(node: syntax.Conditional, scope: Scope) -> Value:
    def decide(condition: Value) -> Value:
        match condition:
            case Known(data=data):
                taken, other = (node.when_true, node.when_false)[:: 1 if operators.to_truth(data) else -1]
                found = _beside(evaluate(taken, scope), other)
                if condition is not given:  # the branches will be compared
                    scope.evaluations.charge_for(found)
                return assume(found, condition.assuming)
            case Unknown():
                whether = Choice(
                    condition=condition.term,
                    reason=condition.reason,
                    when_true=Known(data=True, place=condition.place),
                    when_false=Known(data=False, place=condition.place),
                    place=condition.place,
                    assuming=condition.assuming,
                )
                return each_branch(whether, decide, keep_failures=scope.trying)
        raise EvaluationError("a condition is true or false")

    given = evaluate(node.condition, scope)
    return each_branch(given, decide, keep_failures=scope.trying)


def _beside(value: Value, other: syntax.Expression) -> Value:
    """One result of a conditional, in the common type of both: a text where the other is written as one."""
    match other:
        case syntax.Literal(value=str()) | syntax.Template() if isinstance(value, Known):
            return replace(value, data=to_text(value.data))
    return value


def _unary(node: syntax.Unary, scope: Scope) -> Value:
    operand, place = evaluate(node.operand, scope), scope.span(node.start, node.end)
    return _may_fail(operators.unary(node.operator, operand, place), node.operator, [operand], scope)


def _binary(node: syntax.Binary, scope: Scope) -> Value:
    left = evaluate(node.left, scope)
    match node.operator, left:
        case ("&&", Known(data=False)) | ("||", Known(data=True)):
            return left
    right = evaluate(node.right, scope)
    scope.evaluations.charge_for(left, right)
    found = operators.binary(node.operator, left, right, scope.span(node.start, node.end))
    return _may_fail(found, node.operator, [left, right], scope)


def _may_fail(found: Value, operator: str, operands: Sequence[Value], scope: Scope) -> Value:
    """A result that is one of the operands is another term where a ``try`` asks whether the operation is an error."""

    def result(leaf: Value) -> Value:
        if isinstance(leaf, Unknown) and surely_evaluates(leaf.term):
            return replace(leaf, term=Call(operator, (leaf.term, *map(term_of, operands))))
        return leaf

    return each_branch(found, result, keep_failures=True) if scope.trying else found


def _tuple(node: syntax.TupleExpression, scope: Scope) -> Value:
    return ListValue(items=tuple(evaluate(item, scope) for item in node.items), place=scope.span(node.start, node.end))


def _object(node: syntax.ObjectExpression, scope: Scope) -> Value:
    entries: dict[str, Value] = {}
    keys: dict[str, Span] = {}
    more: Blocker | None = None
    taken: frozenset[Any] = frozenset()
    pairs = [(evaluate(key, scope), value) for key, value in node.items]
    if any(isinstance(key, Unknown) for key, _ in pairs):
        place = scope.span(node.start, node.end)
        keyed = scope.module.registry.add_map([(key, evaluate(value, scope)) for key, value in pairs], None, place)
        if keyed is not None:
            return keyed
    for (key, value_node), (key_node, _) in zip(pairs, node.items, strict=True):
        taken |= key.assuming
        match key:
            case Known(data=data):
                name = to_text(data)
                entries[name] = evaluate(value_node, scope)
                keys[name] = scope.span(key_node.start, key_node.end)
            case Unknown() | Choice():
                more = more or first_blocker(key)
                override = evaluate(value_node, scope)
                entries = {name: _overridden(name, entry, key, override) for name, entry in entries.items()}
            case _:
                raise EvaluationError("a key of an object is a string")
    rest = scope.own_term("object", node.start) if more else None
    place = scope.span(node.start, node.end)
    return MapValue(entries=entries, keys=keys, open=more, rest=rest, place=place, assuming=taken)


def _overridden(name: str, entry: Value, key: Value, override: Value) -> Value:
    """An entry that a later one replaces if its unknown key turns out to be the same."""
    if same(Known(data=name, place=key.place), key) is Truth.NO:
        return entry
    return opaque("override", [entry, key, override], entry.place, maybe_absent=True)


def _for(node: syntax.ForExpression, scope: Scope) -> Value:
    return evaluate_for(node, scope, evaluate)


def _invalid(node: syntax.Invalid, scope: Scope) -> Value:
    place = scope.span(node.start, node.end)
    scope.module.registry.invalid[Diagnostic(place, "invalid-hcl", node.message)] = None
    return Unknown(term=scope.own_term("expression", node.start), reason=node.message, place=place, maybe_absent=True)


_EVALUATORS: dict[type[Any], Callable[[Any, Scope], Value]] = {
    syntax.Literal: _literal,
    syntax.Variable: _variable,
    syntax.GetAttribute: _get_attribute,
    syntax.Index: _index,
    syntax.Splat: _splat,
    syntax.SplatElement: _splat_element,
    syntax.Template: _template,
    syntax.FunctionCall: _call,
    syntax.Conditional: _conditional,
    syntax.Unary: _unary,
    syntax.Binary: _binary,
    syntax.TupleExpression: _tuple,
    syntax.ObjectExpression: _object,
    syntax.ForExpression: _for,
    syntax.Invalid: _invalid,
}
