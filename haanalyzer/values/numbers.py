"""Numbers, which templates write as numbers or as texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haanalyzer.values.terms import Term
from haanalyzer.values.value import Choice, Known, Value

_MOST_CONDITIONS = 6


def number(value: Value) -> float | None:
    """The number that a value surely is, ``"2"`` as well as ``2``; None for anything else."""
    if not isinstance(value, Known) or isinstance(value.data, bool):
        return None
    try:
        return float(value.data)
    except ValueError:
        return None


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
