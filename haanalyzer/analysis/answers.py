"""Answers to questions about a deployment: three-valued, with what shows them and what blocks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from haanalyzer.finding import Step
from haanalyzer.graph import Resource
from haanalyzer.values import Assumption, Blocker, Truth, Value, all_of, any_of, assumptions, blockers


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something holds, the places that show it, what keeps it from being told, and the defaults it rests on."""

    truth: Truth
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


def said_by(truth: Truth, *values: Value, step: Step | None = None, unclear: Blocker | None = None) -> Answer:
    """An answer that these values give; ``unclear`` blocks it where none of them is unknown."""
    unknown = blockers(*values) or ((unclear,) if unclear else ())
    return Answer(truth, (step,) if step else (), unknown if truth is Truth.MAYBE else (), assumptions(*values))


def doubt(found: Iterable[Blocker]) -> list[Answer]:
    """Nothing where nothing is in doubt, else one answer that may be either."""
    unsure = tuple(found)
    return [Answer(Truth.MAYBE, blockers=unsure)] if unsure else []


def any_answer(found: Iterable[Answer]) -> Answer:
    """One that holds is enough. NO of none."""
    parts = list(found)
    return _joined(parts, any_of(part.truth for part in parts))


def all_answers(found: Iterable[Answer]) -> Answer:
    """Every one must hold. YES of none."""
    parts = list(found)
    return _joined(parts, all_of(part.truth for part in parts))


def _joined(parts: list[Answer], truth: Truth) -> Answer:
    return Answer(
        truth,
        tuple(step for part in parts for step in part.steps),
        tuple(blocker for part in parts for blocker in part.blockers) if truth is Truth.MAYBE else (),
        frozenset[Assumption]().union(*(part.assuming for part in parts)),
    )


def doubts_about(resource: Resource, otherwise: str) -> tuple[Blocker, ...]:
    """Why a resource may not be there; where it surely is, what else (``may be attached``) is not certain of it."""
    return resource.existence.unless or (Blocker(resource.address, resource.place, otherwise),)


def if_sure(answer: Answer, by: Resource, sure: tuple[Resource, ...]) -> Answer:
    """What a related resource says holds only where the relation does, as that of ``sure`` always does."""
    if by in sure or answer.truth is Truth.NO:
        return answer
    return replace(answer, truth=Truth.MAYBE, blockers=(*answer.blockers, *doubts_about(by, "may be meant")))
