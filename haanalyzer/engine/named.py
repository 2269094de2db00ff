"""The stacks that a configuration names, as a run deploys them."""

from __future__ import annotations

from typing import NamedTuple

from haanalyzer.frontends.deployment import Target
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span


class NoSuchStackError(ValueError):
    """No stack has a name that was chosen; the message says which there are."""


class NamedTarget(NamedTuple):
    """What a configuration deploys as a stack, where it says so, and whether that is a root module."""

    target: Target
    place: Span
    is_root: bool


class Named(NamedTuple):
    """The stacks of a configuration that are in a run, and what is wrong with them.

    ``unread`` are paths of which stacks are deployed whose inputs could not be read: nothing is known of these.
    """

    targets: tuple[NamedTarget, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def paths(self) -> tuple[str, ...]:
        """The templates and the folders of root modules that are deployed so."""
        return tuple(dict.fromkeys(each.target.path for each in self.targets))
