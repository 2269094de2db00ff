"""Expressions to values: lazily through the names of a module, soundly through what is unknown."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

from haanalyzer.frontends.terraform import functions, operators, syntax
from haanalyzer.frontends.terraform.access import attribute, element, splat, surely_evaluates
from haanalyzer.frontends.terraform.choices import each_branch, is_failure, together
from haanalyzer.frontends.terraform.comprehension import evaluate_for
from haanalyzer.frontends.terraform.scope import Scope
from haanalyzer.frontends.terraform.symbolic import EvaluationError, opaque
from haanalyzer.frontends.terraform.template_calls import TEMPLATE_CALLS, call_template
from haanalyzer.frontends.terraform.types import to_text
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Blocker,
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
    blockers,
    concat,
    same,
    walk,
)

_ELEMENT = "[*]"


def evaluate(node: syntax.Expression, scope: Scope) -> Value:
    """The value of an expression. Raises EvaluationError for what Terraform would reject."""
    return _EVALUATORS[type(node)](node, scope)


def _literal(node: syntax.Literal, scope: Scope) -> Value:
    place = scope.span(node.start, node.end)
    if isinstance(node.value, float) and not isfinite(node.value):
        raise EvaluationError("this number is too large")
    return Absent(place=place) if node.value is None else Known(data=node.value, place=place)


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
    values = [Known(data=part, place=place) if isinstance(part, str) else evaluate(part, scope) for part in node.parts]
    return together(values, lambda parts: _joined(parts, place), keep_failures=scope.trying)


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
        return Known(data=text, place=place, assuming=taken)
    found = blockers(*values)
    reason, where = (found[0].reason, found[0].place) if found else ("not known", place)
    return Unknown(term=text, reason=reason, place=where, assuming=taken)


def _call(node: syntax.FunctionCall, scope: Scope) -> Value:
    place = scope.span(node.start, node.end)
    if node.name == "try" and not node.expand_last:
        return _try(node.arguments, scope, place)
    if node.name == "can" and len(node.arguments) == 1:
        return _can(node.arguments[0], scope, place)
    arguments = [evaluate(argument, scope) for argument in node.arguments]
    if node.name in TEMPLATE_CALLS and not node.expand_last:
        return call_template(node.name, arguments, place, scope, evaluate)
    keyed = scope.module.registry.map(arguments[0]) if len(arguments) == 1 else None
    if keyed is not None and node.name in ("keys", "values"):
        side = 0 if node.name == "keys" else 1
        return ListValue(items=tuple(pair[side] for pair in keyed.pairs), open=keyed.open, place=place)
    if keyed is not None and node.name == "length" and keyed.open is None:
        return Known(data=len(keyed.pairs), place=place)
    if node.expand_last and arguments:
        return together(
            arguments, lambda values: _expanded(node.name, values, place, scope), keep_failures=scope.trying
        )
    return functions.call(node.name, arguments, place, scope.context)


def _expanded(name: str, arguments: list[Value], place: Span, scope: Scope) -> Value:
    *first, last = arguments
    match last:
        case ListValue(items=items, open=None):
            found = functions.call(name, [*first, *items], place, scope.context)
            return assume(found, last.assuming)
        case ListValue() | Unknown():
            return opaque(f"{name}…", arguments, place, maybe_absent=True)
    raise EvaluationError("only a list can be expanded into arguments")


def _try(arguments: tuple[syntax.Expression, ...], scope: Scope, place: Span) -> Value:
    """The first argument that is no error; where that is not known, an unknown of all of them."""
    if not arguments:
        raise EvaluationError("no argument of try is valid")
    first, rest = arguments[0], arguments[1:]
    try:
        found = evaluate(first, scope.attempt())
    except EvaluationError:
        return _try(rest, scope, place)
    if not rest or _sure(found):
        return found

    def settle(value: Value) -> Value:
        if is_failure(value):
            return _try(rest, scope, place)
        if _sure(value):
            return value
        return opaque("try", [value, _try(rest, scope, place)], place, maybe_absent=True)

    return each_branch(found, settle, keep_failures=scope.trying)


def _can(argument: syntax.Expression, scope: Scope, place: Span) -> Value:
    try:
        found = evaluate(argument, scope.attempt())
    except EvaluationError:
        return Known(data=False, place=place)

    def settle(value: Value) -> Value:
        if is_failure(value):
            return Known(data=False, place=place)
        return Known(data=True, place=place) if _sure(value) else opaque("can", [value], place)

    return each_branch(found, settle)


def _sure(value: Value) -> bool:
    unknown = [part for part in walk(value) if isinstance(part, Unknown)]
    return all(surely_evaluates(part.term) and not is_failure(part) for part in unknown)


def _conditional(node: syntax.Conditional, scope: Scope) -> Value:
    def decide(condition: Value) -> Value:
        match condition:
            case Known(data=data):
                truth = operators.to_truth(data)
                return assume(evaluate(node.when_true if truth else node.when_false, scope), condition.assuming)
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

    return each_branch(evaluate(node.condition, scope), decide, keep_failures=scope.trying)


def _unary(node: syntax.Unary, scope: Scope) -> Value:
    return operators.unary(node.operator, evaluate(node.operand, scope), scope.span(node.start, node.end))


def _binary(node: syntax.Binary, scope: Scope) -> Value:
    left = evaluate(node.left, scope)
    match node.operator, left:
        case ("&&", Known(data=False)) | ("||", Known(data=True)):
            return left
    return operators.binary(node.operator, left, evaluate(node.right, scope), scope.span(node.start, node.end))


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
                more = more or blockers(key)[0]
                override = evaluate(value_node, scope)
                entries = {name: _overridden(name, entry, key, override) for name, entry in entries.items()}
            case _:
                raise EvaluationError("a key of an object is a string")
    return MapValue(entries=entries, keys=keys, open=more, place=scope.span(node.start, node.end), assuming=taken)


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
