"""What is there wherever something else is."""

from __future__ import annotations

import pytest

from haanalyzer.frontends.deployment import CERTAIN, Existence
from haanalyzer.source.span import start_of
from haanalyzer.values import Blocker, Symbol

A, B = Symbol("a"), Symbol("b")


def under(*conditions: Symbol, unexplained: int = 0, several: bool = False) -> Existence:
    unless = tuple(Blocker(str(number), start_of("t.yaml"), "") for number in range(len(conditions) + unexplained))
    return Existence(unless=unless, conditions=conditions, several=several)


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        (CERTAIN, under(A), True),
        (under(A), under(A), True),
        (under(A), under(B, A), True),
        (under(A), under(A, unexplained=1), True),
        (under(A), CERTAIN, False),
        (under(A), under(B), False),
        (under(A, B), under(A), False),
        (under(A, unexplained=1), under(A), False),
        (under(unexplained=1), under(unexplained=1), False),
        (under(A, several=True), under(A), False),
    ],
)
def test_follows_from(one: Existence, other: Existence, follows: bool) -> None:
    assert one.follows_from(other) is follows
