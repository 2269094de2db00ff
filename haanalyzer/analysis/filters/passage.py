"""What becomes of packets on their way: answers of filters, and of several in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from haanalyzer.finding import Step
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Blocker, Truth


@dataclass(frozen=True, slots=True)
class Passage:
    """Whether packets come through: all of them surely, surely none, or neither.

    Where none does, ``why`` says what drops them, ``at`` is the line that does and ``steps`` show it;
    ``part`` is given where this holds of some subnets only ("in …", "from …").
    """

    truth: Truth
    why: str = ""
    at: Span | None = None
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()
    part: str = ""


def in_a_row(passages: Iterable[Passage], doubts: tuple[Blocker, ...] = ()) -> Passage:
    """Several filters, one behind the other: the first that surely drops everything decides (else
    one that does so in part), otherwise all have to agree.

    ``doubts`` say why there may be another filter.
    """
    row = list(passages)
    barriers = sorted((each for each in row if each.truth is Truth.NO), key=lambda each: bool(each.part))
    if barriers:
        return barriers[0]
    unsure = tuple(dict.fromkeys((*doubts, *(blocker for each in row for blocker in each.blockers))))
    assuming = frozenset[Assumption]().union(*(each.assuming for each in row))
    return Passage(Truth.MAYBE if unsure else Truth.YES, blockers=unsure, assuming=assuming)


def either_of(ways: Iterable[Passage], unless: tuple[Blocker, ...] = ()) -> Passage:
    """What holds whichever of these ways the packets go; ``unless`` says why that is not known."""
    found = list(ways)
    if len({each.truth for each in found}) == 1 and found[0].truth is not Truth.MAYBE:
        return found[0]
    unsure = (*unless, *(blocker for each in found for blocker in each.blockers))
    return Passage(Truth.MAYBE, blockers=tuple(dict.fromkeys(unsure)))
