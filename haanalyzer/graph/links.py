"""Answers of the graph: what is surely related, what may be, and why more cannot be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from haanalyzer.graph.resource import Resource
from haanalyzer.values import Blocker, Known, Truth, Value, blockers


@dataclass(frozen=True, slots=True)
class Links:
    """The resources on the other end of a relation.

    ``must`` are related in every deployment in which the resource that was asked about
    is there, ``may`` in some (``must`` included).
    ``others`` are addresses of declared resources of another kind than was asked for.
    Each of ``outside`` is a value that names exactly one resource, but none that can be
    told to be declared here. ``open`` says why there may be any number besides.
    """

    must: tuple[Resource, ...] = ()
    may: tuple[Resource, ...] = ()
    others: tuple[str, ...] = ()
    outside: tuple[Value, ...] = ()
    open: tuple[Blocker, ...] = ()

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """Why a resource that is not in ``may`` cannot be excluded. A literal id names none declared here."""
        unknown = blockers(*(value for value in self.outside if not isinstance(value, Known)))
        return tuple(dict.fromkeys((*self.open, *unknown)))

    @property
    def complete(self) -> bool:
        """Whether nothing but ``may`` can be related."""
        return not self.blockers

    @property
    def certain(self) -> bool:
        """Whether exactly ``must`` is related, in every deployment."""
        return self.complete and len(self.may) == len(self.must)

    @property
    def exist(self) -> Truth:
        """Whether anything is related at all."""
        if self.must or self.others or self.outside:
            return Truth.YES
        return Truth.MAYBE if self.may or self.open else Truth.NO

    def includes(self, resource: Resource) -> Truth:
        """Whether this resource is among them."""
        if resource in self.must:
            return Truth.YES
        return Truth.MAYBE if resource in self.may or not self.complete else Truth.NO


NO_LINKS = Links()


def all_links(found: Iterable[Links]) -> Links:
    """The relations to several at once."""
    parts = list(found)
    return Links(
        must=tuple(dict.fromkeys(resource for part in parts for resource in part.must)),
        may=tuple(dict.fromkeys(resource for part in parts for resource in part.may)),
        others=tuple(dict.fromkeys(address for part in parts for address in part.others)),
        outside=tuple(value for part in parts for value in part.outside),
        open=tuple(dict.fromkeys(blocker for part in parts for blocker in part.open)),
    )


def either_links(first: Links, second: Links, choice: Blocker) -> Links:
    """The relations of one of two branches, nobody knows which."""
    both = all_links((first, second))
    outside = tuple(value for value in first.outside if value in second.outside)
    unsure = len(outside) < len(both.outside) or first.others != second.others
    return Links(
        must=tuple(resource for resource in first.must if resource in second.must),
        may=both.may,
        others=tuple(address for address in first.others if address in second.others),
        outside=outside,
        open=(*both.open, choice) if unsure else both.open,
    )
