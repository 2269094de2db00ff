"""Settings: what the value of one attribute says, in three values."""

from __future__ import annotations

from haanalyzer.values import Absent, Choice, Known, ListValue, Truth, Unknown, Value

_TRUTHS = {"true": Truth.YES, "false": Truth.NO}


def is_true(value: Value) -> Truth:
    """Whether a switch is on. Nothing is off; a text that is no truth may be either."""
    match value:
        case Known(data=data):
            return _TRUTHS.get(str(data).lower(), Truth.MAYBE)
        case Absent():
            return Truth.NO
        case Choice(when_true=when_true, when_false=when_false):
            return _agreeing(is_true(when_true), is_true(when_false))
        case _:
            return Truth.MAYBE


def is_written(value: Value) -> Truth:
    """Whether anything is given: an empty text or list is nothing."""
    match value:
        case Absent() | Known(data=""):
            return Truth.NO
        case Choice(when_true=when_true, when_false=when_false):
            return _agreeing(is_written(when_true), is_written(when_false))
        case ListValue(items=items, open=more):
            return Truth.YES if items else Truth.of(more is not None) & Truth.MAYBE
        case Unknown(maybe_absent=maybe_absent, many=many):
            return Truth.MAYBE if maybe_absent or many else Truth.YES
        case _:
            return Truth.YES


def is_at_least(value: Value, number: int) -> Truth:
    """Whether a number is so large. Nothing, and what is no number, may be."""
    match value:
        case Known(data=data):
            try:
                return Truth.of(float(data) >= number)
            except ValueError:
                return Truth.MAYBE
        case Choice(when_true=when_true, when_false=when_false):
            return _agreeing(is_at_least(when_true, number), is_at_least(when_false, number))
        case Unknown(minimum=int(minimum)) if minimum >= number:
            return Truth.YES
        case _:
            return Truth.MAYBE


def _agreeing(first: Truth, second: Truth) -> Truth:
    return first if first is second else Truth.MAYBE
