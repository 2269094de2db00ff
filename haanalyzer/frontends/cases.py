"""The cases that undecided conditions leave open: what divides them, and what people call them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from haanalyzer.frontends.deployment import Case, Deployment
from haanalyzer.values import Blocker, Call, Term
from haanalyzer.values.logic import Facts, Side, is_literal, learn, leaves, settle
from haanalyzer.values.terms import EQUALS

Settled = tuple[tuple[Term, bool], ...]
"""Conditions, and how each came out."""

_MOST_VALUES = 4


def facts_of(settled: Settled) -> Facts:
    """All that follows from conditions that came out so."""
    facts: Facts = {}
    for condition, truth in settled:
        facts = learn(facts, condition, truth)
    return facts


class OpenCases:
    """What is left open where some conditions are settled.

    ``values`` gives the texts that an unknown parameter may be, by its term, where they are told;
    ``equation`` makes the condition that it is one of them. ``read`` gives the deployment where more is settled.
    """

    def __init__(
        self,
        settled: Settled,
        read: Callable[[Settled], Deployment],
        values: Callable[[], Mapping[Term, Sequence[str]]] = dict,
        equation: Callable[[Term, str], Term] = lambda term, text: Call("==", (term, text)),
    ) -> None:
        self._settled = settled
        self._read = read
        self._values_left = values
        self._equation = equation

    def divide(self, blockers: Sequence[Blocker]) -> tuple[Case, ...]:
        """The cases into which the first of these divides what is left: one of them is deployed. None if none does."""
        for blocker in blockers:
            for condition in leaves(blocker.condition) if blocker.condition else ():
                if settle(condition, self._facts) is condition:
                    return tuple(self._cases([(condition, True), (condition, False)]))
            for term in self._parameters_in(blocker):
                left = self._left(term, self._facts)
                if len(left) <= _MOST_VALUES:
                    return tuple(self._cases([(self._equation(term, text), True) for text in left]))
        return ()

    @cached_property
    def _facts(self) -> Facts:
        return facts_of(self._settled)

    @cached_property
    def _values(self) -> Mapping[Term, Sequence[str]]:
        return self._values_left()

    def _parameters_in(self, blocker: Blocker) -> Iterator[Term]:
        """The parameters that a blocker's text names; one that it does not mean divides as well, only for nothing."""
        return (term for term in self._values if re.search(rf"(?<!\w){re.escape(str(term))}(?!\w)", blocker.term))

    def _cases(self, outcomes: Sequence[tuple[Term, bool]]) -> Iterator[Case]:
        for outcome in outcomes:
            settled = (*self._settled, outcome)
            if self._may_be(outcome[0], facts_of(settled)):
                yield Case(_words(settled), frozenset(settled), partial(self._read, settled))

    def _may_be(self, condition: Term, facts: Facts) -> bool:
        """Whether the parameters that it compares are left any value."""
        compared = condition.arguments if isinstance(condition, Call) and condition.function in EQUALS else ()
        return all(self._left(each, facts) for each in compared if isinstance(each, Term) and each in self._values)

    def _left(self, term: Term, facts: Facts) -> list[str]:
        """The values that facts leave a parameter."""
        return [text for text in self._values[term] if settle(self._equation(term, text), facts) is not False]


def _words(settled: Settled) -> str:
    """``Environment is "prod" and Size is not "small"``, without what follows from the rest."""
    told = tuple(dict.fromkeys(settled))
    for each in sorted(told, key=lambda outcome: outcome[1]):
        rest = tuple(other for other in told if other != each)
        if settle(each[0], facts_of(rest)) is each[1]:
            told = rest
    return " and ".join(dict.fromkeys(_statement(*each) for each in told))


def _statement(condition: Term, truth: bool) -> str:
    sides = _sides(condition)
    if len(sides) != 2:
        return f"{_shown(condition)} is {'true' if truth else 'false'}"
    left, right = map(_shown, sorted(sides, key=is_literal))
    return f"{left} is {right}" if truth else f"{left} is not {right}"


def _sides(condition: Term) -> tuple[Side, ...]:
    """What a comparison compares; nothing for any other condition."""
    return condition.arguments if isinstance(condition, Call) and condition.function in EQUALS else ()


def _shown(side: Side) -> str:
    """A side as its language writes it, operators between what they join."""
    match side:
        case str():
            return f'"{side}"'
        case None:
            return "null"
        case Call(function="list", arguments=items):
            return f"[{', '.join(map(_shown, items))}]"
        case Call(function=operator, arguments=(left, right)) if not operator[0].isalpha():
            return f"{_shown(left)} {operator} {_shown(right)}"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(_shown, arguments))})"
    return str(side)
