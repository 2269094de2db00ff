"""What is surely the same, surely different, or perhaps; and the three-valued logic under it."""

from __future__ import annotations

from itertools import product

import pytest

from haanalyzer.source.span import start_of
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    ZoneList,
    all_of,
    alternatives,
    any_of,
    attributes_in,
    concat,
    identity_of,
    same,
    same_term,
)

HERE = start_of("here.tf")
REGION = Symbol("var.region")


def known(data: str | int | bool) -> Known:
    return Known(data=data, place=HERE)


def unknown(term: Term) -> Unknown:
    return Unknown(term=term, reason="test", place=HERE)


def either(condition: str, when_true: Value, when_false: Value) -> Choice:
    return Choice(condition=Symbol(condition), reason="test", when_true=when_true, when_false=when_false, place=HERE)


def listed(*items: Value, is_set: bool = False) -> ListValue:
    return ListValue(items=items, is_set=is_set, place=HERE)


@pytest.mark.parametrize(
    ("left", "right", "truth"),
    [
        (Symbol("x"), Symbol("x"), Truth.YES),
        (Symbol("x"), Symbol("y"), Truth.MAYBE),
        (concat([REGION, "a"]), concat([REGION, "a"]), Truth.YES),
        (concat([REGION, "a"]), concat([REGION, "b"]), Truth.NO),
        (concat([REGION, "a"]), REGION, Truth.NO),
        (concat([REGION, "a"]), concat([Symbol("var.other"), "b"]), Truth.NO),
        (concat([REGION, "a"]), concat([Symbol("var.other"), "a"]), Truth.MAYBE),
        (concat(["a-", REGION]), "b-eu-west-1", Truth.NO),
        (concat(["a-", REGION]), "a-eu-west-1", Truth.MAYBE),
        (AttributeOf("aws_subnet.a", "id"), AttributeOf("aws_subnet.b", "id"), Truth.NO),
        (AttributeOf("aws_subnet.a", "owner_id"), AttributeOf("aws_subnet.b", "owner_id"), Truth.MAYBE),
        (ItemOf(ZoneList(REGION), 0), ItemOf(ZoneList(REGION), 1), Truth.NO),
        (ItemOf(Symbol("list"), 0), ItemOf(Symbol("list"), 1), Truth.MAYBE),
        (concat(["a/", ItemOf(ZoneList(REGION), 0)]), concat(["a/", ItemOf(ZoneList(REGION), 1)]), Truth.NO),
        (concat(["a/", ItemOf(ZoneList(REGION), 0)]), concat(["a", ItemOf(ZoneList(REGION), 1)]), Truth.MAYBE),
        (concat([ItemOf(ZoneList(REGION), 0), "a"]), concat([ItemOf(ZoneList("x"), 1), "a"]), Truth.MAYBE),
        ("x", "x", Truth.YES),
        ("x", "y", Truth.NO),
    ],
)
def test_terms(left: str | Term, right: str | Term, truth: Truth) -> None:
    assert same_term(left, right) is truth
    assert same_term(right, left) is truth


@pytest.mark.parametrize(
    ("left", "right", "truth"),
    [
        (known("1"), known(1), Truth.YES),
        (known(True), known("true"), Truth.YES),
        (known("x"), Absent(place=HERE), Truth.NO),
        (unknown(REGION), known("x"), Truth.MAYBE),
        (unknown(REGION), Absent(place=HERE), Truth.MAYBE),
        (either("c", known("x"), known("y")), either("c", known("x"), known("y")), Truth.YES),
        (either("c", known("x"), known("y")), either("d", known("x"), known("y")), Truth.MAYBE),
        (either("c", known("x"), known("y")), known("z"), Truth.NO),
        (listed(known("x"), unknown(REGION)), listed(known("x"), unknown(REGION)), Truth.YES),
        (listed(known("x"), known("y")), listed(known("y"), known("x")), Truth.NO),
        (listed(known("x")), listed(known("x"), known("y")), Truth.NO),
        (
            listed(known("x"), unknown(REGION), is_set=True),
            listed(unknown(REGION), known("y"), is_set=True),
            Truth.MAYBE,
        ),
    ],
)
def test_values(left: Value, right: Value, truth: Truth) -> None:
    assert same(left, right) is truth
    assert same(right, left) is truth


def test_parts_of_a_text_that_are_known_are_joined() -> None:
    assert concat(["a", "b"]) == "ab"
    assert concat([REGION]) == REGION
    assert concat([concat([REGION, "a"]), "b"]) == Concat((REGION, "ab"))


def test_alternatives_are_every_branch() -> None:
    nested = either("c", known("x"), either("d", known("y"), known("z")))
    assert [str(value) for value in alternatives(nested)] == ["x", "y", "z"]
    assert isinstance(alternatives(nested, limit=1)[-1], Unknown)


def test_kleene() -> None:
    for left, right in product(Truth, repeat=2):
        assert left & right is all_of((left, right))
        assert left | right is any_of((left, right))
        assert ~(left & right) is ~left | ~right
    assert all_of(()) is Truth.YES
    assert any_of(()) is Truth.NO
    with pytest.raises(TypeError):
        bool(Truth.MAYBE)


def test_a_term_is_made_of_attributes_at_any_depth() -> None:
    queue, topic = AttributeOf("Queue", "Arn"), AttributeOf("Topic", "Arn")
    nested = Call("join", (ItemOf(queue, 0), "x", Concat(("a", topic, Symbol("y")))))
    assert list(attributes_in(nested)) == [queue, topic]


def test_equal_values_have_one_identity() -> None:
    assert identity_of(known(1)) == identity_of(known("1"))
    assert identity_of(known(True)) == identity_of(known("true"))
    assert identity_of(unknown(REGION)) == REGION
    assert identity_of(listed(known("a"))) is None
