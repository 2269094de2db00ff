"""Bounds on comparing all with all: so much is looked at one by one, and the rest leaves an answer open."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from haanalyzer.graph.resource import Resource
from haanalyzer.values import Blocker

LISTED = 100
NAMED = 20


def listed(candidates: Iterable[Resource]) -> tuple[tuple[Resource, ...], tuple[Blocker, ...]]:
    """The first candidates, and where there are more the blocker that stands for all of those."""
    found = tuple(islice(candidates, LISTED + 1))
    more = (Blocker(each.address, each.place, "may be meant, as others may") for each in found[LISTED:])
    return found[:LISTED], tuple(more)


def few(causes: Iterable[Blocker]) -> tuple[Blocker, ...]:
    """The first of what keeps an answer open: each cause alone is enough."""
    return tuple(islice(causes, NAMED))
