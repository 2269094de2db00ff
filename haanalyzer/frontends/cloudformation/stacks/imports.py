"""What a stack imports: the values that other stacks export by a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import Symbol, Term, Unknown, Value

Text = str | Term
"""A text that is known, or the term of one that is not."""

WORD = "ImportValue"
"""What a template holds that imports anything."""


class Imports(Protocol):
    """Answers for ``Fn::ImportValue``."""

    def value_of(self, name: Text, place: Span) -> Value:
        """What is exported by a name, where it is imported at a place."""


class Unresolved:
    """Imports of which is not asked who exports them; ``names`` are these, with the first place of each."""

    def __init__(self) -> None:
        self.names: dict[Text, Span] = {}

    def value_of(self, name: Text, place: Span) -> Value:
        self.names.setdefault(name, place)
        return unresolved(name, place)


class Elsewhere(NamedTuple):
    """The imports of a stack that is ``within`` a region or account of its own."""

    within: str

    def value_of(self, name: Text, place: Span) -> Value:
        return unresolved(name, place, within=self.within)


def imports_any(templates: Iterable[str], files: Files) -> bool:
    """Whether any of these templates, by their paths, has the word of an import."""
    documents = (files.read(path) for path in dict.fromkeys(templates))
    return any(isinstance(each, Document) and WORD in each.text for each in documents)


def unresolved(name: Text, place: Span, reason: str = "exported by another stack", within: str = "") -> Unknown:
    """What is imported by a name that nobody here is known to export: equal names ``within`` a region are equal."""
    return Unknown(term=Symbol(f"{within}import {name}"), reason=reason, place=place)
