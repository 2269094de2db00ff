"""Numbers, which templates write as numbers or as texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf, isfinite
from typing import NamedTuple

from haanalyzer.values.terms import Term
from haanalyzer.values.truth import Truth
from haanalyzer.values.value import Choice, Known, Unknown, Value

_MOST_CONDITIONS = 6


class Range(NamedTuple):
    """A number that is known within bounds."""

    least: float
    most: float

    def at_least(self, other: Range) -> Truth:
        if self.least >= other.most:
            return Truth.YES
        return Truth.NO if self.most < other.least else Truth.MAYBE

    def equals(self, other: Range) -> Truth:
        if self.least == self.most == other.least == other.most:
            return Truth.YES
        return Truth.NO if self.most < other.least or self.least > other.most else Truth.MAYBE


def range_of(value: Value) -> Range | None:
    """The bounds of a number, ``"2"`` as well as ``2``; None for what is surely, or perhaps, no number."""
    match value:
        case Known(data=bool()):
            return None
        case Known(data=data):
            try:
                found = float(data)
            except ValueError:
                return None
            return Range(found, found) if isfinite(found) else None
        case Unknown(minimum=int(least), maybe_absent=False):
            return Range(least, inf)
    return None


def number(value: Value) -> float | None:
    """The number that a value surely is; None for anything else."""
    found = range_of(value)
    return found.least if found and found.least == found.most else None


def cases(*values: Value) -> Iterator[tuple[Value, ...]]:
    """What several values are together: choices on one condition are made alike.

    Past six conditions, choices are left in the values.
    """
    yield from _cases(values, _MOST_CONDITIONS)


def _cases(values: tuple[Value, ...], conditions: int) -> Iterator[tuple[Value, ...]]:
    choice = next((value for value in values if isinstance(value, Choice)), None)
    if choice is None or conditions == 0:
        yield values
        return
    for truth in (True, False):
        yield from _cases(tuple(_given(value, choice.condition, truth) for value in values), conditions - 1)


def _given(value: Value, condition: Term, truth: bool) -> Value:
    """A value once a condition is known."""
    if not isinstance(value, Choice):
        return value
    if value.condition == condition:
        return _given(value.when_true if truth else value.when_false, condition, truth)
    return replace(
        value,
        when_true=_given(value.when_true, condition, truth),
        when_false=_given(value.when_false, condition, truth),
    )
