"""What the evaluator knows of some unknowns beyond their identity: declared things, and maps with unknown keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

from haanalyzer.frontends.terraform.evaluation.bounds import bounded_term
from haanalyzer.frontends.terraform.evaluation.symbolic import term_of
from haanalyzer.frontends.terraform.evaluation.types import in_order
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span
from haanalyzer.values import Blocker, Call, Symbol, Term, Truth, Unknown, Value, same

_MOST_KEYS = 32


class Entity(Protocol):
    """Something declared whose attributes are evaluated when asked for: a resource, a data source, a module."""

    def attribute(self, name: str, place: Span) -> Value:
        """The attribute's value; ``place`` is where it is referred to."""


@dataclass(frozen=True, slots=True)
class KeyedMap:
    """A map whose keys are unknown, but surely different and in this order. ``open`` as in a MapValue."""

    pairs: tuple[tuple[Value, Value], ...]
    open: Blocker | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """Entities by address, and maps by term. As a value, either is an Unknown.

    An entity's term is the Symbol of its address. ``invalid`` are the expressions that
    were asked for and cannot be parsed.
    """

    entities: dict[str, Entity] = field(default_factory=dict)
    maps: dict[Term, KeyedMap] = field(default_factory=dict)
    invalid: dict[Diagnostic, None] = field(default_factory=dict)

    def entity(self, value: Value) -> Entity | None:
        """The declared thing that a value stands for."""
        match value:
            case Unknown(term=Symbol(name=address)):
                return self.entities.get(address)
        return None

    def map(self, value: Value) -> KeyedMap | None:
        """The map that a value stands for."""
        return self.maps.get(value.term) if isinstance(value, Unknown) else None

    def add_map(
        self,
        pairs: Sequence[tuple[Value, Value]],
        more: Blocker | None,
        place: Span,
        *,
        term: Term | None = None,
        rest: Term | None = None,
    ) -> Unknown | None:
        """A map of unknown keys as a value; None where the keys may be equal or their order is not known.

        ``term`` is the map's own where it has one; ``rest`` is as in a MapValue.
        """
        ordered = _in_order(pairs)
        if ordered is None:
            return None
        first = next(key for key, _ in ordered if isinstance(key, Unknown))
        parts = tuple(term_of(part) for pair in ordered for part in pair)
        ending = (rest or Symbol(f"…{more.term}"),) if more else ()
        own_term = term or bounded_term(Call("map", (*parts, *ending)))
        self.maps[own_term] = KeyedMap(tuple(ordered), more)
        return Unknown(term=own_term, reason=first.reason, place=place)


def _in_order(pairs: Sequence[tuple[Value, Value]]) -> list[tuple[Value, Value]] | None:
    keys = [key for key, _ in pairs]
    if not 0 < len(keys) <= _MOST_KEYS or not any(isinstance(key, Unknown) for key in keys):
        return None
    if any(same(one, other) is not Truth.NO for one, other in combinations(keys, 2)):
        return None
    ordered = keys if len(keys) == 1 else in_order(keys)
    if ordered is None:
        return None
    values = {id(key): value for key, value in pairs}
    return [(key, values[id(key)]) for key in ordered]
