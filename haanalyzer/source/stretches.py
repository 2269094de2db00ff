"""Stretches of a text, asked for the one around an offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Stretches(Generic[_Value]):
    """Values of stretches (start and end offset, the end exclusive) that do not overlap."""

    def __init__(self, stretches: Iterable[tuple[int, int, _Value]]) -> None:
        self._stretches = sorted(stretches, key=lambda each: each[:2])
        self._starts = [start for start, _, _ in self._stretches]

    def around(self, at: int) -> tuple[int, _Value] | None:
        """Where the stretch begins that an offset lies in, and its value; None between them."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return None
        start, end, value = self._stretches[index]
        return (start, value) if at < end else None
