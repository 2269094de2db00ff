"""The cases that a template's undecided conditions leave open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from haanalyzer.frontends.cloudformation.evaluation.facts import EQUALS, Facts, learn, settle
from haanalyzer.frontends.deployment import Case, Deployment
from haanalyzer.values import Blocker, Call, Symbol, Term

Settled = tuple[tuple[Call, bool], ...]
"""Comparisons, and how each came out."""

_MOST_VALUES = 4


def facts_of(settled: Settled) -> Facts:
    """All that follows from comparisons that came out so."""
    facts: Facts = {}
    for comparison, truth in settled:
        facts = learn(facts, comparison, truth)
    return facts


@dataclass(frozen=True)
class OpenCases:
    """What is left open where some comparisons are settled.

    ``conditions`` are the undecided conditions by name, each as often as its template is used with other
    parameters; ``values`` the texts that a parameter without a value may be, by its term, where they are few.
    """

    settled: Settled
    conditions: Mapping[str, Sequence[Term]]
    values: Mapping[Term, Sequence[str]]
    read: Callable[[Settled], Deployment]

    def divide(self, blockers: Sequence[Blocker]) -> tuple[Case, ...]:
        """The cases into which the first of these divides what is left: one of them is deployed. None if none does."""
        for blocker in blockers:
            for comparison in self._comparisons_in(blocker):
                if settle(comparison, self._facts) is comparison:
                    return tuple(self._cases([(comparison, True), (comparison, False)]))
            for term in self._parameters_in(blocker):
                left = self._left(term, self._facts)
                if len(left) <= _MOST_VALUES:
                    return tuple(self._cases([(_is(term, text), True) for text in left]))
        return ()

    @cached_property
    def _facts(self) -> Facts:
        return facts_of(self.settled)

    @cached_property
    def _comparisons(self) -> Mapping[Call, str]:
        """The comparisons that undecided conditions consist of, as blockers show them."""
        found = (each for terms in self.conditions.values() for term in terms for each in _comparisons(term))
        return {each: str(each) for each in found}

    def _comparisons_in(self, blocker: Blocker) -> Iterator[Call]:
        """Those that a blocker is made of; it is called as a condition is, or shows the term of one."""
        for term in self.conditions.get(blocker.term, ()):
            yield from _comparisons(term)
        yield from (each for each, shown in self._comparisons.items() if shown in blocker.term)

    def _parameters_in(self, blocker: Blocker) -> Iterator[Term]:
        return (term for term in self.values if re.search(rf"(?<!\w){re.escape(str(term))}(?!\w)", blocker.term))

    def _cases(self, outcomes: Sequence[tuple[Call, bool]]) -> Iterator[Case]:
        for outcome in outcomes:
            settled = (*self.settled, outcome)
            if self._may_be(outcome[0], facts_of(settled)):
                yield Case(_words(settled), frozenset(settled), lambda settled=settled: self.read(settled))  # type: ignore[misc]

    def _may_be(self, comparison: Call, facts: Facts) -> bool:
        """Whether its parameter is left any value."""
        return all(self._left(each, facts) for each in comparison.arguments if each in self.values)  # type: ignore[arg-type]

    def _left(self, term: Term, facts: Facts) -> list[str]:
        """The values that facts leave a parameter."""
        return [text for text in self.values[term] if settle(_is(term, text), facts) is not False]


def _is(term: Term, text: str) -> Call:
    return Call(EQUALS, (term, text))


def _comparisons(term: Term) -> Iterator[Call]:
    """The comparisons that a condition consists of, in the order of reading."""
    if isinstance(term, Call) and term.function == EQUALS:
        yield term
    elif isinstance(term, Call):
        for part in term.arguments:
            if isinstance(part, Call | Symbol):
                yield from _comparisons(part)


def _words(settled: Settled) -> str:
    """``Environment is "prod" and Size is not "small"``, without what follows from the rest."""
    decided = {side for comparison, truth in settled if truth for side in comparison.arguments if _is_term(side)}
    told = [(comparison, truth) for comparison, truth in settled if truth or decided.isdisjoint(comparison.arguments)]
    return " and ".join(dict.fromkeys(_statement(*each) for each in told))


def _statement(comparison: Call, truth: bool) -> str:
    left, right = (str(side) if _is_term(side) else f'"{side}"' for side in comparison.arguments)
    return f"{left} is {right}" if truth else f"{left} is not {right}"


def _is_term(side: object) -> bool:
    return not isinstance(side, str | int | float | bool | None)
