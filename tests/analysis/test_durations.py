"""Durations: what reaches what, as far as both are known."""

from __future__ import annotations

import pytest

from haanalyzer.analysis.events.durations import reaches
from haanalyzer.source.span import Span
from haanalyzer.values import Choice, Known, Symbol, Truth, Unknown, Value

HERE = Span("main.tf", 1, 1, 1, 2)
YES, NO, MAYBE = Truth.YES, Truth.NO, Truth.MAYBE


def known(data: int | str) -> Known:
    return Known(data=data, place=HERE)


def unknown(name: str, minimum: int | None = None) -> Unknown:
    return Unknown(term=Symbol(name), reason="no default", place=HERE, minimum=minimum)


def either(when_true: int, when_false: int, condition: str = "var.fast") -> Choice:
    branches = {"when_true": known(when_true), "when_false": known(when_false)}
    return Choice(condition=Symbol(condition), reason="no default", place=HERE, **branches)


@pytest.mark.parametrize(
    ("duration", "other", "times", "plus", "expected"),
    [
        (known(60), known(60), 1, None, YES),
        (known(59), known("60"), 1, None, NO),
        (known(360), known(60), 6, known(0), YES),
        (known(360), known(60), 6, known(1), NO),
        (known(360), known(60), 6, unknown("var.window"), MAYBE),
        (known(359), known(60), 6, unknown("var.window"), NO),
        (unknown("var.a"), known(60), 1, None, MAYBE),
        (unknown("var.a", minimum=60), known(60), 1, None, YES),
        (known(60), unknown("var.a", minimum=61), 1, None, NO),
        (unknown("var.a"), unknown("var.a"), 1, None, YES),
        (unknown("var.a"), unknown("var.a"), 1, known(0), YES),
        (unknown("var.a"), unknown("var.a"), 1, known(1), NO),
        (unknown("var.a"), unknown("var.a"), 1, unknown("var.window"), MAYBE),
        (unknown("var.a"), unknown("var.a"), 6, None, NO),
        (unknown("var.a"), unknown("var.b"), 1, None, MAYBE),
        (either(60, 120), known(60), 1, None, YES),
        (either(60, 120), known(90), 1, None, MAYBE),
        (either(60, 120), either(60, 120), 1, None, YES),
        (either(60, 120), either(60, 120, "var.other"), 1, None, MAYBE),
        (known("soon"), known(60), 1, None, MAYBE),
    ],
)
def test_reaching(duration: Value, other: Value, times: int, plus: Value | None, expected: Truth) -> None:
    assert reaches(duration, other, times=times, plus=plus) is expected
