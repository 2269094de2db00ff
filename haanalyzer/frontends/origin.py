"""Where what is declared comes from, where a program has written the declarations."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from haanalyzer.source.span import Span


class Origin(NamedTuple):
    """What of a program made a resource.

    ``construct`` is the path of its construct (``Shop/Vpc/PublicSubnet1/NATGateway``), ``program`` the lines that
    led there, the innermost first, as far as these are files of the project. With ``of_framework`` the program
    did not ask for it: the framework needs it for itself, and nobody can write it otherwise.
    """

    construct: str
    program: tuple[Span, ...] = ()
    of_framework: bool = False


OriginOf = Callable[[Span], Origin | None]
"""What made the resource that a place lies in; None where no program did, or nothing is known of it."""


def written_by_hand(_place: Span) -> Origin | None:
    """The answer for what no program wrote."""
    return None
