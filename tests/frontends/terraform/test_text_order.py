"""The order of texts of which only parts are known."""

from __future__ import annotations

import random

import pytest

from haanalyzer.frontends.terraform.evaluation.text_order import texts_in_order
from haanalyzer.source.span import start_of
from haanalyzer.values import Concat, ItemOf, Known, Symbol, Term, Unknown, Value, ZoneList

HERE = start_of("main.tf")
ZONES = ZoneList("eu-west-1")
FIRST, SECOND = ItemOf(ZONES, 0), ItemOf(ZONES, 1)
NAME = Symbol("var.name")


def of(text: str | Term) -> Value:
    return Known(data=text, place=HERE) if isinstance(text, str) else Unknown(term=text, reason="", place=HERE)


@pytest.mark.parametrize(
    "texts",
    [
        ["a", "b", "ba"],
        [FIRST, SECOND],
        [Concat(("a/", FIRST)), Concat(("a/", SECOND)), Concat(("b/", FIRST))],
        [Concat(("a", FIRST)), Concat(("a", FIRST, "/x")), Concat(("a", SECOND))],
        [Concat((FIRST, "b")), Concat((SECOND, "a"))],
        [Concat((NAME, "-a")), Concat((NAME, "-b")), Concat((NAME, "-ba"))],
        [NAME, Concat((NAME, "-a"))],
        ["a", Concat(("b", NAME))],
    ],
    ids=str,
)
def test_what_is_known_of_texts_may_tell_their_order(texts: list[str | Term]) -> None:
    items = [of(text) for text in texts]
    for seed in range(6):
        assert texts_in_order(random.Random(seed).sample(items, len(items))) == items


@pytest.mark.parametrize(
    "texts",
    [
        ["a", NAME],
        ["a", Concat(("a", NAME))],
        [FIRST, ItemOf(ZoneList("us-east-1"), 1)],
        [FIRST, "eu-west-1b"],
        [Concat((NAME, "a")), Concat((Symbol("var.other"), "b"))],
        [NAME, Concat((NAME, Symbol("var.other")))],
        [ItemOf(ZoneList("eu-west-1", "id"), 0), ItemOf(ZoneList("eu-west-1", "id"), 1)],
        [ItemOf(NAME, 0), ItemOf(NAME, 1)],
    ],
    ids=str,
)
def test_an_order_that_is_not_told(texts: list[str | Term]) -> None:
    assert texts_in_order([of(text) for text in texts]) is None
