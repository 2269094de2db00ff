"""What a condition answers: yes, no or maybe, with what blocks it or what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from haanalyzer.finding import Step
from haanalyzer.graph import Resource
from haanalyzer.policy.declared.attributes import place_of
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Assumption, Blocker, ListValue, MapValue, Truth, Value, all_of

_Item = TypeVar("_Item")


class Fact(NamedTuple):
    """An attribute that decides an answer: its name, its value, and the resource or block it is one of.

    ``within`` are the lists that the block stands in.
    """

    attribute: str
    value: Value
    here: Resource | MapValue
    within: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The attribute as the author of the resource calls it; within lists of blocks, as the catalogue does."""
        own = self.here.written_as(self.attribute) if isinstance(self.here, Resource) else self.attribute
        return ".".join((*self.within, own))

    @property
    def place(self) -> Span:
        """The line that gives the attribute its value."""
        return place_of(self.here, self.attribute, self.value)

    def steps(self, of: str = "") -> tuple[Step, ...]:
        """What it says, for people; nothing of lists and blocks, which are there to be read at their place."""
        match self.value:
            case ListValue() | MapValue():
                return ()
            case Absent():
                return (Step(self.place, f"{self.name}{of} is not set"),)
            case value:
                return (Step(self.place, f"{self.name}{of} is {value}"),)


class Answer(NamedTuple):
    """YES or NO with its reasons, or MAYBE with the blockers that keep it so.

    ``assuming`` are the defaults it rests on, ``steps`` what was found elsewhere, ``facts``
    the attributes that decide it.
    """

    truth: Truth
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()
    steps: tuple[Step, ...] = ()
    facts: tuple[Fact, ...] = ()

    def __invert__(self) -> Answer:
        return self._replace(truth=~self.truth)


def maybe(found: Iterable[Blocker]) -> Answer:
    """An answer that these keep open."""
    blockers = tuple(dict.fromkeys(found))
    assert blockers, "maybe, and nothing blocks it"
    return Answer(Truth.MAYBE, blockers)


def all_hold(answers: Iterable[Answer]) -> Answer:
    """Whether every part holds. One part that does not is enough: the one that assumes the least."""
    parts = list(answers)
    truth = all_of(part.truth for part in parts)
    if truth is Truth.NO:
        return min((part for part in parts if part.truth is Truth.NO), key=lambda part: len(part.assuming))
    return _together(truth, [part for part in parts if part.truth is truth])


def any_holds(answers: Iterable[Answer]) -> Answer:
    """Whether at least one part holds."""
    return ~all_hold(~part for part in answers)


def either(first: Answer, second: Answer, condition: Blocker) -> Answer:
    """The answer where one of two holds, by a condition that is not known."""
    if first.truth is second.truth:
        return _together(first.truth, [first, second])
    return maybe((condition, *first.blockers, *second.blockers))


def _together(truth: Truth, parts: list[Answer]) -> Answer:
    if len(parts) == 1:
        return parts[0]
    return Answer(
        truth,
        tuple(dict.fromkeys(_each(part.blockers for part in parts))),
        frozenset(_each(part.assuming for part in parts)),
        tuple(dict.fromkeys(_each(part.steps for part in parts))),
        tuple({(fact.attribute, id(fact.here)): fact for part in parts for fact in part.facts}.values()),
    )


def _each(groups: Iterable[Iterable[_Item]]) -> Iterator[_Item]:
    return (each for group in groups for each in group)
