"""Blocks of a list: which are surely there, and why there may be others."""

from __future__ import annotations

from haanalyzer.source.span import start_of
from haanalyzer.values import Absent, Blocker, Choice, Known, ListValue, MapValue, Symbol, Unknown, Value
from haanalyzer.values.blocks import blocks_in

HERE = start_of("here.tf")
BLOCK = MapValue(entries={}, keys={}, place=HERE)
UNKNOWN = Unknown(term=Symbol("var.x"), reason="test", place=HERE)


def listed(*items: Value, more: Blocker | None = None) -> ListValue:
    return ListValue(items=items, place=HERE, open=more)


def test_a_block_alone_is_a_list_of_one() -> None:
    assert blocks_in(BLOCK) == blocks_in(listed(BLOCK)) == ([BLOCK], ())


def test_nothing_holds_none() -> None:
    assert blocks_in(Absent(place=HERE)) == blocks_in(listed()) == ([], ())


def test_what_may_be_there_besides() -> None:
    more = Blocker("var.more", HERE, "test")
    unknown = Blocker("var.x", HERE, "test")
    assert blocks_in(listed(BLOCK, UNKNOWN, more=more)) == ([BLOCK], (more, unknown))
    assert blocks_in(UNKNOWN) == ([], (unknown,))


def test_a_block_of_one_branch_is_not_sure() -> None:
    choice = Choice(condition=Symbol("c"), reason="test", when_true=BLOCK, when_false=listed(), place=HERE)
    assert blocks_in(choice) == ([], (Blocker("c", HERE, "test", Symbol("c")),))


def test_what_is_no_block_is_a_doubt() -> None:
    assert blocks_in(Known(data="x", place=HERE)) == ([], (Blocker("x", HERE, "not a list of blocks"),))
