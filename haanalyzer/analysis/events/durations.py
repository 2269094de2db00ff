"""Durations that must fit into each other: a timeout into another, a retention into a longer one."""

from __future__ import annotations

from math import inf

from haanalyzer.values import Truth, Value, agreed, same
from haanalyzer.values.numbers import Range, cases, range_of


def reaches(duration: Value, other: Value, *, times: int = 1, plus: Value | None = None) -> Truth:
    """Whether a duration is at least ``times`` another and ``plus``. Durations are positive, ``plus`` may be 0."""
    values = (duration, other) if plus is None else (duration, other, plus)
    return agreed(_reaches(*each, times=times) for each in cases(*values))


def _reaches(duration: Value, other: Value, plus: Value | None = None, *, times: int) -> Truth:
    least, most = _bounds(duration)
    other_least, other_most = _bounds(other)
    more_least, more_most = _bounds(plus) if plus else (0, 0)
    if least >= times * other_most + more_most:
        return Truth.YES
    if most < times * other_least + more_least:
        return Truth.NO
    if same(duration, other) is Truth.YES:
        return Truth.NO if times > 1 or more_least > 0 else Truth.of(more_most <= 0) | Truth.MAYBE
    return Truth.MAYBE


def _bounds(duration: Value) -> Range:
    return range_of(duration) or Range(0, inf)
