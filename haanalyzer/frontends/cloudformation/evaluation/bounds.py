"""How much one analysis of a template may take."""

from __future__ import annotations

from dataclasses import dataclass

_MAX_EVALUATIONS = 90
_MAX_UNROLLED = 10_000


@dataclass(slots=True)
class Bounds:
    """``depth`` counts expressions being evaluated inside one another, ``unrolled`` the turns of loops."""

    depth: int = 0
    unrolled: int = 0

    @property
    def is_too_deep(self) -> bool:
        """Whether no expression may be evaluated inside of the one that is being evaluated."""
        return self.depth >= _MAX_EVALUATIONS

    def may_turn(self) -> bool:
        """Accounts for one more turn of a loop; false where that is one too many."""
        self.unrolled += 1
        return self.unrolled <= _MAX_UNROLLED
