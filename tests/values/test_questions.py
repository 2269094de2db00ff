"""What one value says: texts for booleans and numbers, choices, unknowns, and nothing at all."""

from __future__ import annotations

import pytest

from haanalyzer.source.span import start_of
from haanalyzer.values import Absent, Blocker, Choice, Concat, Known, ListValue, Scalar, Symbol, Truth, Unknown, Value
from haanalyzer.values.numbers import number, range_of
from haanalyzer.values.questions import any_item, is_at_least, is_equal, is_one_of, is_true, is_written, starts_with

HERE = start_of("here.tf")
NOTHING = Absent(place=HERE)
UNKNOWN = Unknown(term=Symbol("var.x"), reason="test", place=HERE)
PERHAPS_NOTHING = Unknown(term=Symbol("var.x"), reason="test", place=HERE, maybe_absent=True)
MORE = Blocker("var.more", HERE, "test")


def known(data: Scalar) -> Known:
    return Known(data=data, place=HERE)


def either(when_true: Value, when_false: Value) -> Choice:
    return Choice(condition=Symbol("c"), reason="test", when_true=when_true, when_false=when_false, place=HERE)


def listed(*items: Value, more: Blocker | None = None) -> ListValue:
    return ListValue(items=items, place=HERE, open=more)


def beginning(text: str, *, maybe_absent: bool = False) -> Unknown:
    term = Concat((text, Symbol("var.x")))
    return Unknown(term=term, reason="test", place=HERE, maybe_absent=maybe_absent)


def at_least(minimum: int) -> Unknown:
    return Unknown(term=Symbol("var.x"), reason="test", place=HERE, minimum=minimum)


@pytest.mark.parametrize(
    ("value", "other", "truth"),
    [
        (known("a"), "a", Truth.YES),
        (known("a"), "b", Truth.NO),
        (known("A"), "a", Truth.NO),
        (known(""), "a", Truth.NO),
        (NOTHING, "a", Truth.NO),
        (NOTHING, "", Truth.NO),
        (NOTHING, False, Truth.NO),
        (UNKNOWN, "a", Truth.MAYBE),
        (beginning("b"), "a", Truth.NO),
        (listed(known("a")), "a", Truth.MAYBE),
        (either(known("a"), known("a")), "a", Truth.YES),
        (either(known("a"), known("b")), "a", Truth.MAYBE),
        (either(known("b"), NOTHING), "a", Truth.NO),
        (known("True"), True, Truth.YES),
        (known("False"), True, Truth.NO),
        (known("false"), False, Truth.YES),
        (known(True), "true", Truth.YES),
        (known("yes"), True, Truth.MAYBE),
        (known(5), 5.0, Truth.YES),
        (known("5"), 5, Truth.YES),
        (known("5.10"), 5.1, Truth.YES),
        (known("5.10"), "5.1", Truth.NO),
        (at_least(3), 2, Truth.NO),
        (at_least(3), 3, Truth.MAYBE),
    ],
)
def test_equal(value: Value, other: Scalar, truth: Truth) -> None:
    assert is_equal(value, other) is truth


def test_two_unknowns_are_equal_where_they_are_one() -> None:
    assert is_equal(UNKNOWN, UNKNOWN) is Truth.YES
    assert is_equal(UNKNOWN, Unknown(term=Symbol("var.y"), reason="test", place=HERE)) is Truth.MAYBE


def test_one_of_several_holds_whichever_branch_is_taken() -> None:
    assert is_one_of(either(known("a"), known("b")), "a", "b") is Truth.YES
    assert is_one_of(either(known("a"), known("c")), "a", "b") is Truth.MAYBE
    assert is_one_of(known("c"), "a", "b") is Truth.NO
    assert is_one_of(known("c")) is Truth.NO


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (known(True), Truth.YES),
        (known("true"), Truth.YES),
        (known(False), Truth.NO),
        (known("FALSE"), Truth.NO),
        (known("on"), Truth.MAYBE),
        (NOTHING, Truth.NO),
        (UNKNOWN, Truth.MAYBE),
        (either(known("true"), known(True)), Truth.YES),
        (either(known(True), NOTHING), Truth.MAYBE),
    ],
)
def test_true(value: Value, truth: Truth) -> None:
    assert is_true(value) is truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (known("a"), Truth.YES),
        (known(False), Truth.YES),
        (known(0), Truth.YES),
        (known(""), Truth.NO),
        (NOTHING, Truth.NO),
        (UNKNOWN, Truth.YES),
        (PERHAPS_NOTHING, Truth.MAYBE),
        (Unknown(term=Symbol("var.x"), reason="test", place=HERE, many=True), Truth.MAYBE),
        (listed(), Truth.NO),
        (listed(more=MORE), Truth.MAYBE),
        (listed(known("a"), more=MORE), Truth.YES),
        (either(known("a"), UNKNOWN), Truth.YES),
        (either(known("a"), NOTHING), Truth.MAYBE),
    ],
)
def test_written(value: Value, truth: Truth) -> None:
    assert is_written(value) is truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (known(2), Truth.YES),
        (known("2"), Truth.YES),
        (known(1.5), Truth.NO),
        (known("nan"), Truth.MAYBE),
        (known("two"), Truth.MAYBE),
        (known(True), Truth.MAYBE),
        (NOTHING, Truth.MAYBE),
        (UNKNOWN, Truth.MAYBE),
        (at_least(2), Truth.YES),
        (at_least(1), Truth.MAYBE),
        (either(known(2), known(3)), Truth.YES),
        (either(known(2), known(1)), Truth.MAYBE),
    ],
)
def test_at_least_two(value: Value, truth: Truth) -> None:
    assert is_at_least(value, 2) is truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (known("igw-1"), Truth.YES),
        (known("nat-1"), Truth.NO),
        (NOTHING, Truth.NO),
        (UNKNOWN, Truth.MAYBE),
        (beginning("igw-"), Truth.YES),
        (beginning("igw-", maybe_absent=True), Truth.MAYBE),
        (beginning("ig"), Truth.MAYBE),
        (beginning("nat-"), Truth.NO),
        (either(known("igw-1"), beginning("igw-0")), Truth.YES),
        (either(known("igw-1"), NOTHING), Truth.MAYBE),
    ],
)
def test_starts_with(value: Value, truth: Truth) -> None:
    assert starts_with(value, "igw-") is truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (listed(known(False), known(True)), Truth.YES),
        (listed(known(False)), Truth.NO),
        (listed(known(False), more=MORE), Truth.MAYBE),
        (listed(known(True), more=MORE), Truth.YES),
        (listed(known(False), UNKNOWN), Truth.MAYBE),
        (listed(either(known(True), known("true"))), Truth.YES),
        (listed(), Truth.NO),
        (NOTHING, Truth.NO),
        (UNKNOWN, Truth.MAYBE),
        (known(True), Truth.MAYBE),
        (either(NOTHING, listed()), Truth.NO),
        (either(NOTHING, listed(known(True))), Truth.MAYBE),
    ],
)
def test_any_item(value: Value, truth: Truth) -> None:
    assert any_item(value, is_true) is truth


def test_numbers_may_be_texts_and_are_finite() -> None:
    assert number(known("2")) == 2.0
    assert number(known(True)) is None
    assert number(known("inf")) is None
    assert number(at_least(2)) is None
    assert range_of(PERHAPS_NOTHING) is None
