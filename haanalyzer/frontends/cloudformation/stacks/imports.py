"""What a stack imports: the values that other stacks export by a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from haanalyzer.source.span import Span
from haanalyzer.values import Symbol, Term, Unknown, Value

Text = str | Term
"""A text that is known, or the term of one that is not."""


class Imports(Protocol):
    """Answers for ``Fn::ImportValue``."""

    def value_of(self, name: Text, place: Span) -> Value:
        """What is exported by a name, where it is imported at a place."""


@dataclass(slots=True)
class Unresolved:
    """Imports of which is not asked who exports them; ``names`` are these, with the first place of each."""

    names: dict[Text, Span] = field(default_factory=dict)

    def value_of(self, name: Text, place: Span) -> Value:
        self.names.setdefault(name, place)
        return unresolved(name, place)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The imports of a stack that is ``within`` a region or account of its own."""

    within: str

    def value_of(self, name: Text, place: Span) -> Value:
        return unresolved(name, place, within=self.within)


def unresolved(name: Text, place: Span, reason: str = "exported by another stack", within: str = "") -> Unknown:
    """What is imported by a name that nobody here is known to export: equal names ``within`` a region are equal."""
    return Unknown(term=Symbol(f"{within}import {name}"), reason=reason, place=place)
