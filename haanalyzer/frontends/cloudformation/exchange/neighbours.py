"""What one stack of a run needs to know of the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from haanalyzer.frontends.cloudformation.stacks.imports import Text
from haanalyzer.frontends.deployment import Target
from haanalyzer.source.span import Span

ITSELF = ""
"""The address of the stack whose neighbours these are."""


class Neighbour(NamedTuple):
    """A stack beside another one, by the address that it has there.

    ``only`` is given where it stands for an unknown number of stacks, none included: the addresses in it of what
    may import from the others, and of what that refers to. What else such a stack has is related to them through
    these alone, and so never for certain. ``imports`` are the addresses of those that export what it imports, by
    name. ``elsewhere`` where it may be in another region or account.
    """

    target: Target
    address: str
    imports: Mapping[Text, str]
    elsewhere: bool = False
    only: frozenset[str] | None = None

    @property
    def several(self) -> bool:
        return self.only is not None

    def declares(self, address: str) -> bool:
        """Whether what has an address here counts."""
        return self.only is None or address.removeprefix(f"{self.address}/") in self.only


class Unread(NamedTuple):
    """A neighbour too many to be read, and what it may import: the addresses of its exporters, and the names there."""

    address: str
    path: str
    imports: tuple[tuple[str, Text], ...]


class Ambiguous(NamedTuple):
    """A name that is imported at a place, and that several stacks export."""

    place: Span
    name: Text
    exported_at: tuple[Span, ...]


class Neighbours(NamedTuple):
    """What one stack of a run needs to know of the others: those it is joined with, and those that may add to them."""

    imports: Mapping[Text, str]
    entered: tuple[Neighbour, ...] = ()
    unread: tuple[Unread, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()


ALONE = Neighbours({})
