"""Which resources an expression means of which a plan says no more than what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from haanalyzer.catalog.kinds import AttributeWords, inline_types, kind_of
from haanalyzer.values import AttributeOf, Blocker, Call, ListValue, MapValue, Symbol, Term, Unknown, Value

REFERS_TO = "provider::plan::expression"
"""The function that stands for any expression over its arguments, the first of which tells it from others."""


class _Relation(NamedTuple):
    """The kinds that an attribute may name, and whether it is a list."""

    refers: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves what an instance of a ``type`` names. ``type_of`` gives the type of the instance at an address."""

    type: str
    type_of: Callable[[str], str | None]

    def resolved(self, value: Value, path: str) -> Value:
        """The value of an attribute, the resources named that it certainly names.

        What names a resource, and what only one such resource went into, names that one: Terraform
        has no function that makes another resource's identifier of it.
        """
        match value:
            case Unknown(term=Call(function=name) as term) if name == REFERS_TO:
                relation = _relations(self.type).get(path)
                found = self._named(value, term, relation) if relation else None
                return found or replace(value, term=_readable(term))
            case ListValue(items=items):
                return replace(value, items=tuple(self.resolved(item, path) for item in items))
            case MapValue(entries=entries):
                inner = {key: self.resolved(entry, f"{path}.{key}") for key, entry in entries.items()}
                return replace(value, entries=inner)
        return value

    def _named(self, value: Unknown, term: Call, relation: _Relation) -> Value | None:
        found = [self._resource(leaf, relation) for leaf in dict.fromkeys(_leaves(term))]
        named = [each for each in dict.fromkeys(found) if each is not None]
        if None in found or not (len(named) == 1 or (named and relation.is_list and _lists_attributes(term))):
            return None
        items = tuple(replace(value, term=each, maybe_absent=False) for each in named)
        if not relation.is_list:
            return items[0]
        rest = Blocker(str(_readable(term)), value.place, value.reason)
        return ListValue(items=items, open=rest, place=value.place)

    def _resource(self, leaf: Term, relation: _Relation) -> AttributeOf | None:
        """The resource that what went into an expression is, or is the name of, where it is of the right kind."""
        match leaf:
            case AttributeOf(address=address, name="id" | "arn" | "name"):
                found = leaf
            case Symbol(name=address):
                found = AttributeOf(address, "id")
            case _:
                return None
        kind = kind_of(self.type_of(address) or "")
        return found if kind is not None and kind.name in relation.refers else None


def _lists_attributes(term: Call) -> bool:
    """Whether an expression refers to nothing but attributes, each of which then went into the list."""
    return all(isinstance(each, AttributeOf) for each in term.arguments[1:])


def _leaves(term: Call) -> Iterator[Term]:
    """All that is unknown in what went into an expression, through variables and outputs."""
    for argument in term.arguments[1:]:
        if isinstance(argument, Call) and argument.function == REFERS_TO:
            yield from _leaves(argument)
        elif argument is not None and not isinstance(argument, str | int | float | bool):
            yield argument


def _readable(term: Call) -> Call:
    """The same as people read it: what it is the value of, and what that is made of."""
    inner = (
        _readable(each) if isinstance(each, Call) and each.function == REFERS_TO else each for each in term.arguments
    )
    name, *arguments = inner
    return Call(str(name), tuple(arguments))


@cache
def _relations(type_: str) -> Mapping[str, _Relation]:
    """The attributes of a type that name resources, by their paths."""
    kind = kind_of(type_)
    found = dict(_paths(kind.attributes, type_, "")) if kind else {}
    for inline in inline_types(type_):
        inner = kind_of(inline.type)
        found.update(_paths(inner.attributes, inline.type, f"{inline.block}.") if inner else ())
    return found


def _paths(attributes: Mapping[str, AttributeWords], type_: str, prefix: str) -> Iterator[tuple[str, _Relation]]:
    for words in attributes.values():
        word = words.word(type_)
        if word is None or word.startswith(("=", "@", "..")):
            continue
        if words.refers:
            yield f"{prefix}{word}", _Relation(words.refers, words.plural)
        yield from _paths(words.each or {}, type_, f"{prefix}{word}.")
