"""Questions about what one value says, answered in three values.

Booleans and numbers may be spelled as texts: ``"true"`` is true, ``"2"`` is 2. Of a choice,
an answer holds where it holds in every branch.
"""

from __future__ import annotations

from collections.abc import Callable

from haanalyzer.values.numbers import Range, range_of
from haanalyzer.values.terms import Concat
from haanalyzer.values.truth import Truth, agreed, any_of
from haanalyzer.values.value import Absent, Choice, Known, ListValue, Scalar, Unknown, Value, alternatives, same

Question = Callable[[Value], Truth]


def in_every_branch(value: Value, question: Question) -> Truth:
    """What a question says of a value, which may be a choice; MAYBE where its branches differ."""
    if not isinstance(value, Choice):
        return question(value)
    return agreed(question(each) for each in alternatives(value))


def any_item(value: Value, question: Question) -> Truth:
    """Whether the answer is YES for any element of a list. Nothing has none; what is no list may."""

    def among(written: Value) -> Truth:
        match written:
            case Absent():
                return Truth.NO
            case ListValue(items=items, open=more):
                found = any_of(in_every_branch(item, question) for item in items)
                return found | Truth.MAYBE if more else found
            case _:
                return Truth.MAYBE

    return in_every_branch(value, among)


def is_equal(value: Value, other: Scalar | Value) -> Truth:
    """Whether a value is this text, boolean or number, or that of another value. What is absent is none."""
    literal = Known(data=other, place=value.place) if isinstance(other, Scalar) else other
    return in_every_branch(value, lambda each: _is_equal(each, literal))


def _is_equal(value: Value, other: Value) -> Truth:
    if isinstance(value, Known) and isinstance(other, Known) and isinstance(other.data, bool):
        spelled = _TRUTHS.get(str(value).lower(), Truth.MAYBE)
        return spelled if other.data else ~spelled
    mine, its = range_of(value), range_of(other)
    if mine and its and not (_is_text(value) and _is_text(other)):  # versions 5.1 and 5.10 are two
        return mine.equals(its)
    return same(value, other)


_TRUTHS = {"true": Truth.YES, "false": Truth.NO}


def _is_text(value: Value) -> bool:
    return isinstance(value, Known) and isinstance(value.data, str)


def is_one_of(value: Value, *others: Scalar) -> Truth:
    """Whether a value is any of these."""
    return in_every_branch(value, lambda each: any_of(is_equal(each, other) for other in others))


def is_true(value: Value) -> Truth:
    """Whether a switch is on. Nothing is off; a text that is no truth may be either."""
    return is_equal(value, True)


def is_written(value: Value) -> Truth:
    """Whether anything is given: an empty text or list is nothing."""
    return in_every_branch(value, _is_written)


def _is_written(value: Value) -> Truth:
    match value:
        case Absent() | Known(data=""):
            return Truth.NO
        case ListValue(items=items, open=more):
            return Truth.YES if items else Truth.of(more is not None) & Truth.MAYBE
        case Unknown(maybe_absent=maybe_absent, many=many):
            return Truth.MAYBE if maybe_absent or many else Truth.YES
        case _:
            return Truth.YES


def is_at_least(value: Value, number: float) -> Truth:
    """Whether a number is so large. Nothing, for which AWS takes a number of its own, and what is no number may be."""
    limit = Range(number, number)

    def reaches(each: Value) -> Truth:
        known = range_of(each)
        return known.at_least(limit) if known else Truth.MAYBE

    return in_every_branch(value, reaches)


def starts_with(value: Value, text: str) -> Truth:
    """Whether a text begins so. What is absent does not."""

    def begins(written: Value) -> Truth:
        match written:
            case Absent():
                return Truth.NO
            case Known():
                return Truth.of(str(written).startswith(text))
            case Unknown(term=Concat(parts=(str(start), *_)), maybe_absent=maybe_absent):
                found = Truth.YES if start.startswith(text) else Truth.of(text.startswith(start)) & Truth.MAYBE
                return found & Truth.MAYBE if maybe_absent else found
            case _:
                return Truth.MAYBE

    return in_every_branch(value, begins)
