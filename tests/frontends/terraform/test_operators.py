"""Operators: Kleene's logic, Terraform's conversions, bounds that decide."""

from __future__ import annotations

from typing import Any

import pytest

from haanalyzer.frontends.terraform.evaluation.operators import binary, unary
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, equal, plain, value_of
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Assumption,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Truth,
    Unknown,
    Value,
    ZoneList,
)

HERE = Span("main.tf", 1, 1, 1, 2)
X = Unknown(term=Symbol("var.x"), reason="no default", place=HERE)
Y = Unknown(term=Symbol("var.y"), reason="no default", place=HERE)
MAYBE_NULL = Unknown(term=Symbol("var.z"), reason="no default", place=HERE, maybe_absent=True)
COUNT = Unknown(term=Symbol("length"), reason="no default", place=HERE, minimum=0)
SUBNET = Unknown(term=AttributeOf("aws_subnet.a", "id"), reason="known after apply", place=HERE)
OTHER = Unknown(term=AttributeOf("aws_subnet.b", "id"), reason="known after apply", place=HERE)
UNDECIDED = "undecided"


def zone(index: int) -> Unknown:
    return Unknown(term=ItemOf(ZoneList(None), index), reason="zones", place=HERE)


def compute(left: Any, operator: str, right: Any) -> Value:
    return binary(operator, value_of(left, HERE), value_of(right, HERE), HERE)


def answer(value: Value) -> Any:
    try:
        return plain(value)
    except NotPlainError:
        return UNDECIDED


def term(value: Value) -> Any:
    assert isinstance(value, Unknown)
    return value.term


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"),
    [
        ("1", "+", 1, 2),
        (0.1, "+", 0.2, 0.3),
        (10, "/", 4, 2.5),
        (4, "/", 2, 2),
        (7, "%", 3, 1),
        (-5, "%", 3, -2),
        (5.5, "%", 2, 1.5),
        (5, "%", 0, 5),
        (0.1, "*", 3, 0.3),
        (10**20, "+", 1, 10**20 + 1),
        (1, "<", "2", True),
        (2, ">=", 2, True),
        (1, ">", 2, False),
        (3, "<=", 2, False),
        (True, "&&", "false", False),
        (False, "||", "true", True),
        ("a", "==", "a", True),
        ("a", "!=", "b", True),
        (1.0, "==", 1, True),
        (1, "==", True, False),
        (None, "==", None, True),
        ("", "==", None, False),
        ([1, 2], "==", [1, 3], False),
        ([1], "==", [1, 2], False),
        ({"a": 1}, "==", {"a": 2}, False),
        ({"a": 1}, "!=", {"b": 1}, True),
        ([], "==", {}, False),
    ],
)
def test_known_operands_have_terraforms_answer(left: Any, operator: str, right: Any, expected: Any) -> None:
    found = answer(compute(left, operator, right))
    assert found == expected
    assert type(found) is type(expected)


def test_a_third_of_three_is_one() -> None:
    assert answer(binary("*", compute(1, "/", 3), value_of(3, HERE), HERE)) == 1


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        (1, "/", 0),
        ("a", "+", 1),
        (True, "+", 1),
        (None, "+", 1),
        ([], "<", 1),
        ("a", "<", "b"),
        ("x", "&&", True),
        (None, "||", True),
        ([], "&&", X),
    ],
)
def test_what_terraform_rejects_is_an_error(left: Any, operator: str, right: Any) -> None:
    with pytest.raises(EvaluationError):
        compute(left, operator, right)


def test_what_looks_equal_but_may_differ_in_type_is_undecided() -> None:
    assert answer(compute("1", "==", 1)) == UNDECIDED
    assert answer(compute([], "==", [])) == UNDECIDED
    assert answer(compute({"a": 1}, "!=", {"a": 1})) == UNDECIDED


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"),
    [
        (False, "&&", X, False),
        (X, "&&", False, False),
        (True, "||", X, True),
        (X, "||", True, True),
        (X, "&&", Y, UNDECIDED),
        (X, "==", X, True),
        (X, "!=", X, False),
        (X, "==", Y, UNDECIDED),
        (SUBNET, "==", OTHER, False),
        (SUBNET, "!=", None, True),
        (MAYBE_NULL, "==", None, UNDECIDED),
        (zone(0), "==", zone(1), False),
        (COUNT, ">=", 0, True),
        (COUNT, ">", -1, True),
        (COUNT, "<", 0, False),
        (COUNT, "==", -1, False),
        (COUNT, ">", 0, UNDECIDED),
        (COUNT, "<", COUNT, False),
        (COUNT, "<=", COUNT, True),
        (X, "<", 3, UNDECIDED),
        ([X, 1], "==", [X, 2], False),
        ([X], "==", [Y], UNDECIDED),
    ],
)
def test_unknown_operands_decide_only_what_holds(left: Any, operator: str, right: Any, expected: Any) -> None:
    assert answer(compute(left, operator, right)) == expected


def test_what_does_not_decide_leaves_the_other_side() -> None:
    assert term(compute(True, "&&", X)) == X.term
    assert term(compute(X, "||", False)) == X.term
    assert term(compute(X, "&&", X)) == X.term
    assert term(compute(X, "+", 0)) == X.term


def test_equivalent_questions_have_one_term() -> None:
    assert term(compute(X, "==", Y)) == term(compute(Y, "==", X))
    assert term(compute(X, ">", Y)) == term(compute(Y, "<", X))
    assert term(compute(X, "!=", Y)) == Call("!", (term(compute(X, "==", Y)),))
    assert term(unary("!", compute(X, "!=", Y), HERE)) == term(compute(X, "==", Y))
    assert term(compute(COUNT, ">", 0)) == term(compute(COUNT, ">=", 1)) == term(compute(COUNT, "!=", 0))
    assert term(compute(0, "<", COUNT)) == term(compute(COUNT, "!=", 0))


def test_lower_bounds_go_through_arithmetic() -> None:
    def minimum(value: Value) -> int | None:
        assert isinstance(value, Unknown)
        return value.minimum

    two = Unknown(term=Symbol("n"), reason="", place=HERE, minimum=2)
    assert minimum(compute(two, "+", 1)) == 3
    assert minimum(compute(two, "*", two)) == 4
    assert minimum(compute(two, "-", 1)) == 1
    assert minimum(compute(1, "-", two)) is None
    assert minimum(compute(two, "*", -1)) is None
    assert minimum(compute(two, "+", 0.5)) is None
    assert minimum(compute(two, "/", 2)) is None


def test_unary_operators() -> None:
    assert answer(unary("!", value_of("true", HERE), HERE)) is False
    assert answer(unary("-", value_of("3", HERE), HERE)) == -3
    assert term(unary("!", unary("!", X, HERE), HERE)) == X.term
    assert term(unary("-", COUNT, HERE)) == Call("-", (COUNT.term,))
    for name, operand in (("!", "x"), ("-", True), ("!", None)):
        with pytest.raises(EvaluationError):
            unary(name, value_of(operand, HERE), HERE)


def test_choices_on_one_condition_go_together() -> None:
    def choice(when_true: Any, when_false: Any) -> Choice:
        yes, no = value_of(when_true, HERE), value_of(when_false, HERE)
        return Choice(condition=Symbol("var.ha"), reason="", when_true=yes, when_false=no, place=HERE)

    assert answer(compute(choice(1, 2), "+", choice(2, 1))) == 3
    found = compute(choice("a", "b"), "==", "a")
    assert isinstance(found, Choice)
    assert (answer(found.when_true), answer(found.when_false)) == (True, False)


def test_open_collections_are_never_surely_equal() -> None:
    more = Blocker("var.more", HERE, "no default")
    opened = ListValue(items=(Known(data=1, place=HERE),), open=more, place=HERE)
    assert answer(compute(opened, "==", [1])) == UNDECIDED
    assert equal(opened, opened) is Truth.MAYBE
    assert answer(compute(opened, "==", [2, 1])) is False
    assert answer(compute(opened, "==", [])) is False
    keyed = MapValue(entries={"a": Known(data=1, place=HERE)}, keys={}, open=more, place=HERE)
    assert answer(compute(keyed, "==", {"a": 1, "b": 2})) == UNDECIDED
    assert answer(compute(keyed, "==", {"b": 2})) is False


def test_a_deciding_side_answers_for_itself() -> None:
    taken = Assumption("var.ha", "false", HERE)
    decisive = Known(data=False, place=HERE, assuming=frozenset({taken}))
    other = Known(data=True, place=HERE, assuming=frozenset({Assumption("var.other", "true", HERE)}))
    assert binary("&&", other, decisive, HERE).assuming == {taken}
