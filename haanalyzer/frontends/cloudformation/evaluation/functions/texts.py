"""Functions that make texts."""

from __future__ import annotations

import base64 as base64_codec
import json
import re

from haanalyzer.frontends.cloudformation.evaluation.dynamic import text_value
from haanalyzer.frontends.cloudformation.evaluation.functions.arguments import elements, part_of_text
from haanalyzer.frontends.cloudformation.evaluation.functions.references import refer
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.evaluation.symbolic import (
    MalformedError,
    distribute,
    text_of_scalar,
    unknown_call,
)
from haanalyzer.frontends.cloudformation.parameters.values import split_text
from haanalyzer.frontends.tree.nodes import MapNode, Node, text_of
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Known, ListValue, MapValue, Unknown, Value, assumptions
from haanalyzer.values.data import data_of

_VARIABLE = re.compile(r"\$\{(!?)([^{}]*)\}")


def join(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::Join``: absent elements are left out."""

    def join_list(values: list[Value]) -> Value:
        match values:
            case [Known() as delimiter, ListValue(open=None) as collection]:
                return distribute(collection.items, lambda items: _joined(str(delimiter), items, place))
            case [ListValue() | MapValue() | Absent(), _]:
                raise MalformedError("a text as delimiter")
        return unknown_call("Fn::Join", values, place)

    return distribute([scope.evaluate(node) for node in elements(argument, 2, 2)], join_list)


def _joined(delimiter: str, items: list[Value], place: Span) -> Value:
    parts = [part for item in items for part in (delimiter, part_of_text(item))][1:]
    return text_value(parts, place, items)


def sub(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::Sub``, with or without a map of its own variables."""
    template = text_of(argument)
    own: dict[str, Value] = {}
    if template is None:
        template_node, variables = elements(argument, 2, 2)
        template = text_of(template_node)
        if template is None or not isinstance(variables, MapNode):
            raise MalformedError("a text and a map of variables")
        own = {name: scope.evaluate(entry.value) for name, entry in variables.entries.items()}
    pieces = _pieces(scope.substitute(template))
    values = [own[name] if name in own else refer(name, scope, place) for _, name in pieces if name]

    def substitute(given: list[Value]) -> Value:
        filled = iter(given)
        parts = [part_of_text(next(filled)) if name else text for text, name in pieces]
        return text_value(parts, place, given)

    return distribute(values, substitute)


def _pieces(template: str) -> list[tuple[str, str]]:
    """The literal texts and the variables' names of a template, in order."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for match in _VARIABLE.finditer(template):
        pieces.append((template[at : match.start()], ""))
        escaped, name = match.groups()
        pieces.append((f"${{{name}}}", "") if escaped or not name.strip() else ("", name.strip()))
        at = match.end()
    return [*pieces, (template[at:], "")]


def split(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::Split``: of a text with unknown parts, the pieces that are certain."""
    values = [scope.evaluate(node) for node in elements(argument, 2, 2)]
    return distribute(values, lambda given: _split(given[0], given[1], place))


def _split(delimiter: Value, source: Value, place: Span) -> Value:
    match delimiter, source:
        case (ListValue() | MapValue() | Absent() | Known(data=""), _):
            raise MalformedError("a text as delimiter")
        case (Known(), Known()):
            pieces = str(source).split(str(delimiter))
            return ListValue(items=tuple(Known(data=piece, place=place) for piece in pieces), place=place)
        case (Known(), Unknown() as text):
            return split_text(text, str(delimiter), place)
        case (Unknown(), Known() | Unknown()):
            return unknown_call("Fn::Split", [delimiter, source], place, many=True)
    raise MalformedError("a text to split")


def base64(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::Base64``."""

    def encode(values: list[Value]) -> Value:
        if isinstance(values[0], Known):
            data = text_of_scalar(values[0].data).encode()
            return Known(data=base64_codec.b64encode(data).decode(), place=place)
        return unknown_call("Fn::Base64", values, place)

    return distribute([scope.evaluate(argument)], encode)


def to_json_string(argument: Node, scope: Scope, place: Span) -> Value:
    """``Fn::ToJsonString``: JSON without blanks."""
    value = scope.evaluate(argument)
    try:
        text = json.dumps(data_of(value, _undecided), separators=(",", ":"), ensure_ascii=False)
    except _UndecidedError:
        return unknown_call("Fn::ToJsonString", [value], place)
    return Known(data=text, place=place, assuming=assumptions(value))


class _UndecidedError(Exception):
    pass


def _undecided(_: Value) -> object:
    raise _UndecidedError
