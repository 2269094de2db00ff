"""Parameters: what is passed, defaulted or left to the deployment, in the type that was declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from haanalyzer.frontends.cloudformation.evaluation.dynamic import text_value
from haanalyzer.frontends.cloudformation.evaluation.symbolic import (
    argument_of,
    distribute,
    text_of_scalar,
    unknown_call,
)
from haanalyzer.frontends.cloudformation.parameters.domains import Domain, declared_domain
from haanalyzer.frontends.cloudformation.parameters.types import is_list, is_looked_up, type_of, type_of_elements
from haanalyzer.frontends.deployment import Parameters
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, name_of
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    AttributeOf,
    Blocker,
    Call,
    Concat,
    ItemOf,
    Known,
    ListValue,
    Symbol,
    Term,
    Unknown,
    Value,
    ZoneList,
    assume,
)
from haanalyzer.values.data import value_of


class Report(Protocol):
    """Takes a diagnostic."""

    def __call__(self, place: Span, code: str, message: str, *, is_error: bool = True) -> None: ...


@dataclass(frozen=True, slots=True)
class Given:
    """What a stack is given: ``passed`` by name, and of what the deployment decides, what tells it from other stacks'.

    Of a root template, defaults are assumptions. Where ``hides_secrets``, parameters with ``NoEcho`` are unknown.
    ``domains`` keeps what those may be that are unknown, by their terms; ``report`` takes what is wrong.
    """

    passed: Mapping[str, Value]
    prefix: str
    is_root: bool
    hides_secrets: bool
    domains: dict[Term, Domain]
    report: Report

    def owns(self, parameter: Symbol) -> bool:
        """Whether a symbol stands for a parameter of this stack that is unknown."""
        return parameter in self.domains and "/" not in parameter.name.removeprefix(self.prefix)


def parameter_value(name: str, declaration: Node, given: Given, place: Span) -> Value:
    """The value of a declared parameter.

    What is passed is known, a root template's default is an assumption, and what has
    neither is a symbol unless only one value is allowed.
    """
    body = declaration if isinstance(declaration, MapNode) else MapNode(declaration.document, 0, 0, {})
    type_ = type_of(body)
    symbol = Symbol(f"{given.prefix}{name}")
    if is_looked_up(type_):
        reason = "read from the Parameter Store at deployment"
        return Unknown(term=symbol, reason=reason, place=place, many=is_list(type_))
    if given.hides_secrets and is_secret(body):
        return Unknown(term=symbol, reason="NoEcho, and not shown", place=place, many=is_list(type_))
    domain = declared_domain(body)
    given.domains[symbol] = domain

    def convert(values: list[Value]) -> Value:
        value = values[0]
        if isinstance(value, Absent):
            value = _default(name, body, type_, place, is_root=given.is_root) or _left_out(symbol, type_, domain, place)
        else:
            value = _convert(value, type_)
        if not domain.allows_all(value):
            shown = "what is given for this NoEcho parameter" if is_secret(body) else str(value)
            message = f"expected {_in_stack(name, given)} to be {domain}, found {shown}"
            given.report(value.place, "parameter-not-allowed", message, is_error=given.is_root and name in given.passed)
        return value

    return distribute([given.passed.get(name, Absent(place=place))], convert)


def _in_stack(name: str, given: Given) -> str:
    """A parameter as it is spoken of: with the stack that is given it where another template gives it."""
    return name if given.is_root or name not in given.passed else f"{name} of {given.prefix.rstrip('/')}"


def _left_out(symbol: Symbol, type_: str, domain: Domain, place: Span) -> Unknown:
    """What a parameter is that has no default and for which nothing is passed."""
    many = is_list(type_)
    minimum = None if many else domain.minimum
    return Unknown(term=symbol, reason="parameter without default", place=place, many=many, minimum=minimum)


def _default(name: str, body: MapNode, type_: str, place: Span, *, is_root: bool) -> Value | None:
    """What a parameter is when nothing is passed; None when that is not known.

    ``place`` is the parameter's name: what is shown in the place of a secret.
    """
    default = body.get("Default")
    if default is not None:
        raw, shown, written = raw_value(default), _shown(default), default.place.first_line()
        if is_secret(body):
            raw, shown, written = replace(raw, place=place), "(NoEcho)", place
        value = _convert(raw, type_)
        return _assumed(value, Assumption(name, shown, written)) if is_root else value
    allowed = body.get("AllowedValues")
    if isinstance(allowed, ListNode) and len(allowed.items) == 1:
        return _convert(raw_value(allowed.items[0]), type_)
    return None


def is_secret(declaration: Node) -> bool:
    """Whether what is given for a parameter is not to be shown."""
    return isinstance(declaration, MapNode) and str(name_of(declaration.get("NoEcho"))).lower() == "true"


def raw_value(node: Node) -> Value:
    """A default or allowed value as it is written."""
    if isinstance(node, ListNode):
        return ListValue(items=tuple(raw_value(item) for item in node.items), place=node.place)
    data = node.data if isinstance(node, ScalarNode) else None
    return Known(data="" if data is None else data, place=node.place)


def passed_values(given: Parameters, place: Span) -> dict[str, Value]:
    """What the user passes, as values; ``place`` is that of what is written nowhere."""
    return {
        name: value_of(value, place) if isinstance(value, str | bool | int | float | list) else value
        for name, value in given.items()
    }


def _convert(value: Value, type_: str) -> Value:
    """A value as a parameter of this type holds it: lists split and trimmed, all else as texts, numbers too."""
    match value:
        case ListValue() if not is_list(type_):
            texts = [item.data for item in value.items if isinstance(item, Known)]
            whole = value.open is None and len(texts) == len(value.items)
            return Known(data=",".join(map(text_of_scalar, texts)), place=value.place) if whole else value
        case Known(data=data) if is_list(type_):
            inner = type_of_elements(type_)
            pieces = [piece.strip() for piece in text_of_scalar(data).split(",")] if data != "" else []
            items = (_convert(Known(data=piece, place=value.place), inner) for piece in pieces)
            return ListValue(items=tuple(items), place=value.place)
        case Known(data=data):
            return text_value([text_of_scalar(data)], value.place)
        case Unknown() if is_list(type_) and not value.many:
            return split_text(value, ",", value.place)
    return value


def split_text(text: Unknown, delimiter: str, place: Span) -> Value:
    """The pieces of a text with unknown parts.

    A part that may hold the delimiter itself leaves the list open after the pieces
    before it, or altogether unknown when there are none.
    """
    term = text.term
    match term:
        case Call(function="Fn::Join", arguments=(mark, joined)) if mark == delimiter and isinstance(joined, Term):
            return Unknown(term=joined, reason=text.reason, place=place, many=True)
    pieces: list[list[str | Term]] = [[]]
    more: Blocker | None = None
    for part in term.parts if isinstance(term, Concat) else (term,):
        if isinstance(part, str):
            first, *others = part.split(delimiter)
            pieces[-1].append(first)
            pieces += [[other] for other in others]
        elif delimiter == "," and _is_one(part):
            pieces[-1].append(part)
        else:
            more = Blocker(str(part), text.place, text.reason)
            pieces.pop()
            break
    if more and not pieces:
        return unknown_call("Fn::Split", [Known(data=delimiter, place=place), text], place, many=True)
    items = tuple(_piece(piece, text, trim=delimiter == ",") for piece in pieces)
    return ListValue(items=items, open=more, place=place)


def _piece(parts: list[str | Term], text: Unknown, *, trim: bool) -> Value:
    kept = [part for part in parts if not isinstance(part, str) or (part.strip() if trim else part)]
    match kept:
        case []:
            return Known(data="", place=text.place)
        case [str(data)]:
            return Known(data=data.strip() if trim else data, place=text.place)
        case [term] if not isinstance(term, str):
            return Unknown(term=term, reason=text.reason, place=text.place)
    return Unknown(term=Concat(tuple(kept)), reason=text.reason, place=text.place)


def _is_one(term: Term) -> bool:
    """Whether a term surely holds no comma, as ids, zones, address blocks and elements of list parameters do not.

    Any other attribute may be a text of several, a custom resource's for one.
    """
    match term:
        case AttributeOf(name=name):
            return name in ("Ref", "Arn") or name.endswith("Id")
        case ItemOf(container=Call(function=function, arguments=(first, *_))):
            return function == "Fn::Cidr" or (function == "Fn::Split" and first == ",")
        case ItemOf(container=container):
            return isinstance(container, Symbol | ZoneList)
    return term in _SINGLE


_SINGLE = frozenset(Symbol(f"AWS::{name}") for name in ("Region", "AccountId", "Partition", "URLSuffix"))


def _assumed(value: Value, assumption: Assumption) -> Value:
    """The value and its elements, all resting on a default: each may be taken out alone."""
    if isinstance(value, ListValue):
        items = tuple(assume(item, (assumption,)) for item in value.items)
        return ListValue(items=items, open=value.open, place=value.place, assuming=frozenset((assumption,)))
    return assume(value, (assumption,))


def _shown(default: Node) -> str:
    return str(argument_of(raw_value(default)))
