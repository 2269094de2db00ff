"""Blocks that are written in a list, such as the rules of a lifecycle."""

from __future__ import annotations

from haanalyzer.values.value import Absent, Blocker, Choice, ListValue, MapValue, Value, blockers, undecided_condition


def blocks_in(value: Value) -> tuple[list[MapValue], tuple[Blocker, ...]]:
    """The blocks that a list surely holds, and why there may be others. A block alone is a list of one."""
    match value:
        case Absent():
            return [], ()
        case MapValue():
            return [value], ()
        case ListValue(items=items, open=more):
            found: list[MapValue] = []
            unsure: list[Blocker] = [more] if more else []
            for item in items:
                inner, unknown = blocks_in(item)
                found += inner
                unsure += unknown
            return found, tuple(unsure)
        case Choice():
            return [], (undecided_condition(value),)
        case _:
            return [], blockers(value) or (Blocker(str(value), value.place, "not a list of blocks"),)
