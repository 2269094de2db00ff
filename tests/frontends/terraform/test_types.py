"""Type constraints: reading them, and converting to them."""

from __future__ import annotations

from typing import Any

import pytest

from haanalyzer.frontends.terraform.evaluation.operators import binary
from haanalyzer.frontends.terraform.evaluation.symbolic import plain, value_of
from haanalyzer.frontends.terraform.evaluation.types import (
    ANY,
    Attribute,
    Collection,
    EvaluationError,
    ObjectType,
    Primitive,
    TupleType,
    Type,
    convert,
    parse_type,
)
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.expressions import parse_expression
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Choice,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Unknown,
    Value,
)

HERE = Span("variables.tf", 1, 1, 1, 2)
X = Unknown(term=Symbol("var.x"), reason="no default", place=HERE)
MORE = Blocker("var.more", HERE, "no default")


def type_of(text: str) -> Type:
    return parse_type(parse_expression(text))


def literal(expression: syntax.Expression) -> Value:
    """Evaluates the literals that stand as defaults here."""
    match expression:
        case syntax.Literal(value=value):
            return value_of(value, HERE)
        case syntax.ObjectExpression(items=()):
            return value_of({}, HERE)
    raise AssertionError(expression)


def converted(data: Any, text: str) -> Value:
    return convert(value_of(data, HERE), type_of(text), HERE, literal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string", Primitive("string")),
        ('"number"', Primitive("number")),
        ("any", ANY),
        ("list", Collection("list", ANY)),
        ('"map"', Collection("map", ANY)),
        ("set(map(bool))", Collection("set", Collection("map", Primitive("bool")))),
        ("tuple([string, any])", TupleType((Primitive("string"), ANY))),
        ("object({})", ObjectType({})),
        ('object({ "a" = string })', ObjectType({"a": Attribute(Primitive("string"))})),
        ("object({ a = optional(bool) })", ObjectType({"a": Attribute(Primitive("bool"), optional=True)})),
    ],
)
def test_types_are_read(text: str, expected: Type) -> None:
    assert type_of(text) == expected


def test_the_default_of_an_optional_attribute_stays_an_expression() -> None:
    found = type_of("object({ a = optional(number, 3) })")
    assert isinstance(found, ObjectType)
    default = found.attributes["a"].default
    assert isinstance(default, syntax.Literal)
    assert default.value == 3


@pytest.mark.parametrize("text", ["strings", "list(string, string)", "object([string])", "1", "map(foo())", "var.x"])
def test_what_is_no_type_is_an_error(text: str) -> None:
    with pytest.raises(EvaluationError):
        type_of(text)


@pytest.mark.parametrize(
    ("data", "text", "expected"),
    [
        (3, "string", "3"),
        (1.5, "string", "1.5"),
        (True, "string", "true"),
        ("3", "number", 3),
        ("1.50", "number", 1.5),
        ("1", "bool", True),
        ("false", "bool", False),
        ([1, "a"], "list(string)", ["1", "a"]),
        ([1, "a"], "any", [1, "a"]),
        ([1, "a"], "list(any)", ["1", "a"]),
        (["b", "a", "b"], "set(string)", ["a", "b"]),
        ([10, 9, 10], "set(number)", [9, 10]),
        ({"a": 1}, "map(string)", {"a": "1"}),
        ({"a": 1, "b": "x"}, "map(any)", {"a": "1", "b": "x"}),
        (["1", "x"], "tuple([number, string])", [1, "x"]),
        ({"a": "1", "extra": 2}, "object({ a = number })", {"a": 1}),
        ({"a": None}, "object({ a = number })", {"a": None}),
        ({}, "object({ a = optional(number) })", {"a": None}),
        ({}, 'object({ a = optional(number, "3") })', {"a": 3}),
        ({"a": None}, "object({ a = optional(number, 3) })", {"a": 3}),
        ({"a": 4}, "object({ a = optional(number, 3) })", {"a": 4}),
        ({}, "object({ a = optional(object({ b = optional(bool, true) }), {}) })", {"a": {"b": True}}),
        ([{}, {"n": 2}], "list(object({ n = optional(number, 1) }))", [{"n": 1}, {"n": 2}]),
        (None, "list(string)", None),
    ],
)
def test_known_values_convert(data: Any, text: str, expected: Any) -> None:
    found = plain(converted(data, text))
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("x", "number"),
        ("0x10", "number"),
        (True, "number"),
        ("yes", "bool"),
        (1, "bool"),
        ([], "string"),
        ("a", "list(string)"),
        ({"a": 1}, "list(string)"),
        (["a"], "map(string)"),
        (["x"], "list(number)"),
        (["a"], "tuple([string, string])"),
        ({}, "object({ a = string })"),
        ("a", "object({})"),
    ],
)
def test_what_does_not_fit_is_an_error(data: Any, text: str) -> None:
    with pytest.raises(EvaluationError):
        converted(data, text)


def test_unknowns_stay_what_they_are() -> None:
    assert converted(X, "list(string)") == X
    assert converted([X], "list(number)") == ListValue(items=(X,), place=HERE)
    kept = converted({"a": X}, "object({ a = optional(string), b = optional(number, 1) })")
    assert isinstance(kept, MapValue)
    assert kept.entries == {"a": X, "b": Known(data=1, place=HERE)}


def test_what_may_be_null_may_be_its_default() -> None:
    maybe = Unknown(term=Symbol("var.y"), reason="no default", place=HERE, maybe_absent=True)
    kept = converted({"a": maybe}, "object({ a = optional(number, 1) })")
    assert isinstance(kept, MapValue)
    filled = kept.entries["a"]
    assert isinstance(filled, Choice)
    assert filled.condition == binary("==", maybe, Absent(place=HERE), HERE).term  # type: ignore[union-attr]
    assert plain(filled.when_true) == 1
    assert filled.when_false == Unknown(term=Symbol("var.y"), reason="no default", place=HERE)
    certain = converted({"a": X}, "object({ a = optional(number, 1) })")
    assert isinstance(certain, MapValue)
    assert certain.entries["a"] == X


def test_open_collections_stay_open() -> None:
    opened = ListValue(items=(Known(data=1, place=HERE),), open=MORE, place=HERE)
    assert converted(opened, "list(string)") == ListValue(items=(Known(data="1", place=HERE),), open=MORE, place=HERE)
    keyed = MapValue(entries={}, keys={}, open=MORE, place=HERE)
    kept = converted(keyed, "object({ a = string })")
    assert isinstance(kept, MapValue)
    assert kept.entries["a"].maybe_absent  # type: ignore[union-attr]


def test_a_set_is_whole_only_where_all_elements_surely_differ() -> None:
    ids = [Unknown(term=AttributeOf(f"aws_subnet.{name}", "id"), reason="", place=HERE) for name in "ab"]
    whole = converted([*ids, ids[0]], "set(string)")
    assert isinstance(whole, ListValue)
    assert whole.open is None
    assert whole.items == tuple(ids)
    doubtful = converted([ids[0], X, ids[1]], "set(string)")
    assert isinstance(doubtful, ListValue)
    assert doubtful.open is not None
    assert doubtful.items == tuple(ids)


def test_choices_convert_branch_by_branch() -> None:
    given = Choice(
        condition=Symbol("var.ha"),
        reason="no default",
        when_true=Known(data="2", place=HERE),
        when_false=Absent(place=HERE),
        place=HERE,
    )
    number = convert(given, Primitive("number"), HERE)
    assert isinstance(number, Choice)
    assert plain(number.when_true) == 2
    filled = converted({"a": given}, "object({ a = optional(number, 1) })")
    assert isinstance(filled, MapValue)
    found = filled.entries["a"]
    assert isinstance(found, Choice)
    assert (plain(found.when_true), plain(found.when_false)) == (2, 1)
