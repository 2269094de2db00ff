"""Symbolic terms: what is unknown keeps its identity.

Two equal terms stand for the same thing in every deployment. Unequal terms
stand for different things only where `same_term` can prove it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from haanalyzer.values.truth import Truth


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something decided outside the templates: a parameter, an import, a data source."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class AttributeOf:
    """An attribute of a declared resource that only AWS fills in, such as its id.

    ``address`` is the resource's, ``name`` the provider's own attribute
    (``id``, ``arn``, ``DefaultNetworkAcl``; CloudFormation's ``Ref`` is ``Ref``).
    """

    address: str
    name: str

    def __str__(self) -> str:
        return f"{self.address}.{self.name}"


@dataclass(frozen=True, slots=True)
class ZoneList:
    """The Availability Zones of a region, as the account sees them.

    ``region`` is a name, a term, or None where nothing is known of it.
    ``form`` is ``name`` or ``id``.
    """

    region: str | Term | None
    form: str = "name"

    def __str__(self) -> str:
        return f"zones of {self.region or 'the region'}"


@dataclass(frozen=True, slots=True)
class ItemOf:
    """An element of a list, or an entry of a map, that is itself unknown."""

    container: Term
    key: int | str

    def __str__(self) -> str:
        return f"{self.container}[{self.key if isinstance(self.key, int) else repr(self.key)}]"


@dataclass(frozen=True, slots=True)
class Concat:
    """A text of known and unknown parts, at least one of them unknown."""

    parts: tuple[str | Term, ...]

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else f"${{{part}}}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments that are not all known. Equal calls have equal results."""

    function: str
    arguments: tuple[Term | str | int | float | bool | None, ...]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(map(str, self.arguments))})"


# What joins and compares conditions, in the words of either language.
NOT = frozenset({"Fn::Not", "!"})
AND = frozenset({"Fn::And", "&&"})
OR = frozenset({"Fn::Or", "||"})
EQUALS = frozenset({"Fn::Equals", "=="})
_CONDITIONS = NOT | AND | OR | EQUALS

Term = Symbol | AttributeOf | ZoneList | ItemOf | Concat | Call


def is_condition(term: Term) -> bool:
    """Whether a term surely is a truth: a comparison for equality, or conditions that are joined."""
    return isinstance(term, Call) and term.function in _CONDITIONS


def concat(parts: list[str | Term]) -> str | Term:
    """Join parts of a text: a str when all are known, the part itself when alone."""
    pieces = [piece for part in parts for piece in (part.parts if isinstance(part, Concat) else (part,))]
    flat: list[str | Term] = []
    for is_text, run in groupby(pieces, lambda piece: isinstance(piece, str)):
        neighbours = list(run)
        flat += ["".join(map(str, neighbours))] if is_text else neighbours
    flat = [piece for piece in flat if piece != ""]
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 else Concat(tuple(flat))


def attributes_in(term: Term) -> Iterator[AttributeOf]:
    """The attributes of declared resources that a term is made of."""
    terms: list[object] = [term]
    while terms:
        match terms.pop():
            case AttributeOf() as attribute:
                yield attribute
            case Concat(parts=inner) | Call(arguments=inner):
                terms += reversed(inner)
            case ItemOf(container=container):
                terms.append(container)


def same_term(left: str | Term, right: str | Term) -> Truth:
    """Whether two texts, known or not, are equal in every deployment, in none, or perhaps."""
    if left == right:
        return Truth.YES
    if isinstance(left, str) and isinstance(right, str):
        return Truth.NO
    return _same_text(_parts(left), _parts(right))


def _same_part(left: str | Term, right: str | Term) -> Truth:
    """Whether two different parts of texts are equal, at least one of them unknown."""
    match left, right:
        case AttributeOf(_, name), AttributeOf(_, other) if name == other:
            return Truth.NO if name in _IDENTIFIERS else Truth.MAYBE
        case ItemOf(ZoneList() as zones, int()), ItemOf(ZoneList() as others, int()) if zones == others:
            return Truth.NO
    return Truth.MAYBE


# Attributes that AWS makes unique for each resource.
_IDENTIFIERS = frozenset({"id", "arn", "Ref", "Arn"})


def _parts(text: str | Term) -> list[str | Term]:
    return list(text.parts) if isinstance(text, Concat) else [text]


def _same_text(left: list[str | Term], right: list[str | Term]) -> Truth:
    """Cancel what both begin and end with; what is left decides."""
    for at in (0, -1):
        while left and right:
            mine, other = left[at], right[at]
            if mine == other:
                left.pop(at)
                right.pop(at)
            elif isinstance(mine, str) and isinstance(other, str):
                shared = min(len(mine), len(other))
                if (mine[:shared] != other[:shared]) if at == 0 else (mine[-shared:] != other[-shared:]):
                    return Truth.NO
                left[at] = mine[shared:] if at == 0 else mine[:-shared]
                right[at] = other[shared:] if at == 0 else other[:-shared]
                left[:] = [part for part in left if part != ""]
                right[:] = [part for part in right if part != ""]
            else:
                break
    if not left and not right:
        return Truth.YES
    if len(left) == len(right) == 1:
        return _same_part(left[0], right[0])
    shorter, longer = sorted((left, right), key=len)
    if not shorter and any(isinstance(part, str) for part in longer):
        return Truth.NO
    return Truth.MAYBE
