"""What a resource names: its attributes that are relations, and what stands for a name that cannot be resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from haanalyzer.catalog.kinds import AttributeWords
from haanalyzer.graph.links import Links
from haanalyzer.graph.resource import Resource
from haanalyzer.values import Blocker, Call, Choice, Concat, Known, ListValue, MapValue, Unknown, Value, blockers

IDENTIFIERS = frozenset({"id", "arn", "name", "Ref", "Arn"})
"""The attributes by which other resources name one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """An attribute that names resources: whose it is, its path, its value, its words. In the plural it is a list."""

    source: Resource
    path: str
    value: Value
    words: AttributeWords
    plural: bool

    @property
    def refers(self) -> tuple[str, ...]:
        return self.words.refers


def relations_of(resource: Resource) -> Iterator[Relation]:
    """Every attribute of a resource that names others, those inside its blocks included."""
    for name, words in resource.words.items():
        if words.refers:
            yield Relation(resource, name, resource[name], words, words.plural)
        elif words.each:
            yield from _inner_relations(resource, name, words, resource[name])


def _inner_relations(source: Resource, path: str, words: AttributeWords, value: Value) -> Iterator[Relation]:
    for name, inner in (words.each or {}).items():
        if inner.refers:
            yield Relation(source, f"{path}.{name}", _collect(value, name), inner, plural=True)
        if inner.each:
            yield from _inner_relations(source, f"{path}.{name}", inner, _collect(value, name))


def _collect(value: Value, name: str) -> Value:
    """The entry of every block of a list, as one flat list."""
    match value:
        case ListValue(items=items):
            flat: list[Value] = []
            more = value.open
            for item in items:
                part = _collect(item, name)
                flat += part.items if isinstance(part, ListValue) else (part,)
                more = more or (part.open if isinstance(part, ListValue) else None)
            return ListValue(items=tuple(flat), open=more, place=value.place, assuming=value.assuming)
        case MapValue():
            return value.get(name)
        case Choice():
            return replace(
                value, when_true=_collect(value.when_true, name), when_false=_collect(value.when_false, name)
            )
        case _:
            return value


def unresolved(value: Value, relation: Relation) -> Links:
    """What names no declared resource: exactly one elsewhere, or nobody can tell how many and which."""
    match value:
        case Known(data=data) if data == "":
            return Links(open=(Blocker("''", value.place, "an empty text names nothing"),))
        case Known(data=data) if "," not in str(data):
            return Links(outside=(value,))
        case Unknown(many=False, maybe_absent=False, term=term) if not relation.plural and not isinstance(
            term, Call | Concat
        ):
            return Links(outside=(value,))
    return Links(open=blockers(value) or (Blocker(str(value), value.place, "names nothing that can be told"),))
