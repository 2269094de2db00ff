"""What generators ask of hypothesis: small numbers and choices, which shrink to the first ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

Drawn = TypeVar("Drawn")
Draw = Callable[[st.SearchStrategy[Drawn]], Drawn]


class Drawing:
    """Draws one example."""

    def __init__(self, draw: Draw[object]) -> None:
        self._draw = draw

    def number(self, most: int) -> int:
        found = self._draw(st.integers(0, most))
        assert isinstance(found, int)
        return found

    def one_of(self, choices: Sequence[Drawn]) -> Drawn:
        return choices[self.number(len(choices) - 1)]
