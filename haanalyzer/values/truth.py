"""Three-valued logic."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Kleene's three values. ``MAYBE`` is no boolean: asking for one is an error."""

    NO = 0
    MAYBE = 1
    YES = 2

    @classmethod
    def of(cls, fact: bool) -> Truth:
        return cls.YES if fact else cls.NO

    def __and__(self, other: Truth) -> Truth:
        return Truth(min(self.value, other.value))

    def __or__(self, other: Truth) -> Truth:
        return Truth(max(self.value, other.value))

    def __invert__(self) -> Truth:
        return Truth(2 - self.value)

    def __bool__(self) -> bool:
        raise TypeError("a Truth is not a boolean: compare it with Truth.YES or Truth.NO")


def all_of(truths: Iterable[Truth]) -> Truth:
    """YES when every one is YES, NO when any is NO."""
    return Truth(min((truth.value for truth in truths), default=Truth.YES.value))


def any_of(truths: Iterable[Truth]) -> Truth:
    """YES when any one is YES, NO when every one is NO."""
    return Truth(max((truth.value for truth in truths), default=Truth.NO.value))


def agreed(truths: Iterable[Truth]) -> Truth:
    """What every one says; MAYBE where two differ, or nobody says anything."""
    found = set(truths)
    return found.pop() if len(found) == 1 else Truth.MAYBE
