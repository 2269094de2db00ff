"""Lists of pairs are read as maps, and tell no more than is in them."""

from __future__ import annotations

from haanalyzer.graph.pairs import place_of, value_of
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Assumption, Blocker, Choice, Known, ListValue, MapValue, Symbol, Unknown, Value

PLACE = Span("a.yaml", 1, 1, 1, 2)
BELOW = Span("a.yaml", 2, 1, 2, 2)
UNKNOWN = Unknown(term=Symbol("X"), reason="parameter", place=PLACE)


def _known(data: str) -> Known:
    return Known(data=data, place=PLACE)


def _pair(key: Value, value: str) -> MapValue:
    entries = {"Key": key, "Value": _known(value)}
    return MapValue(entries=entries, keys={"Key": PLACE, "Value": BELOW}, place=PLACE)


def _pairs(*items: Value, more: Blocker | None = None) -> ListValue:
    return ListValue(items=items, open=more, place=PLACE)


def test_the_value_of_a_key() -> None:
    pairs = _pairs(_pair(_known("a"), "1"), _pair(_known("b"), "2"))
    assert value_of(pairs, "b") == _known("2")
    assert place_of(pairs, "b") == BELOW


def test_a_key_that_no_pair_has_is_absent() -> None:
    pairs = _pairs(_pair(_known("a"), "1"))
    assert isinstance(value_of(pairs, "b"), Absent)
    assert place_of(pairs, "b") is None


def test_a_key_that_is_unknown_may_be_any() -> None:
    pairs = _pairs(_pair(UNKNOWN, "1"), _pair(_known("b"), "2"))
    assert isinstance(value_of(pairs, "b"), Unknown)


def test_an_open_list_may_hold_any_key_it_does_not_show() -> None:
    pairs = _pairs(_pair(_known("a"), "1"), more=Blocker("more", PLACE, "computed"))
    assert isinstance(value_of(pairs, "b"), Unknown)
    assert value_of(pairs, "a") == _known("1")


def test_a_pair_under_a_condition_is_a_choice() -> None:
    nothing = Absent(place=PLACE)
    perhaps = Choice(
        condition=Symbol("C"), reason="condition", when_true=_pair(_known("a"), "1"), when_false=nothing, place=PLACE
    )
    found = value_of(_pairs(perhaps), "a")
    assert isinstance(found, Choice)
    assert found.when_true == _known("1")
    assert isinstance(found.when_false, Absent)


def test_a_default_that_gives_the_key_is_an_assumption() -> None:
    assumed = Assumption("Key", "a", PLACE)
    pairs = _pairs(_pair(Known(data="a", place=PLACE, assuming=frozenset({assumed})), "1"))
    assert value_of(pairs, "a").assuming == {assumed}
    assert value_of(pairs, "b").assuming == {assumed}
