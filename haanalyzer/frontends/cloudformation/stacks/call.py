"""How a stack comes to be: by itself, nested in another one, or beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from haanalyzer.frontends.cloudformation.stacks.imports import Imports
from haanalyzer.frontends.deployment import CERTAIN, Existence
from haanalyzer.source.span import Span
from haanalyzer.values import Value
from haanalyzer.values.logic import Facts


@dataclass(frozen=True, slots=True)
class Call:
    """How a stack was reached: its address with a slash, the stack resources passed, the files on the way.

    ``named`` are the pseudo parameters of which more is known, because the stack is named. ``imports`` answers
    for what it imports; None for what the session has.
    """

    prefix: str = ""
    places: tuple[Span, ...] = ()
    chain: tuple[str, ...] = ()
    existence: Existence = CERTAIN
    facts: Facts = field(default_factory=dict)
    named: Mapping[str, Value] = field(default_factory=dict)
    imports: Imports | None = None


NOT_NESTED = Call()
