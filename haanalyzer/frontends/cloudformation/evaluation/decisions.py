"""Decisions: truths that are known, or the terms of conditions that are not; and what is made of several."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.frontends.cloudformation.evaluation.scope import Decision, Names
from haanalyzer.frontends.cloudformation.evaluation.symbolic import (
    AND,
    EQUALS,
    NOT,
    OR,
    argument_of,
    bounded,
    call,
    text_of_scalar,
)
from haanalyzer.frontends.cloudformation.parameters.domains import ANYTHING, Domain
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Choice,
    Known,
    ListValue,
    Term,
    Truth,
    Unknown,
    Value,
    all_of,
    alternatives,
    assumptions,
    blockers,
    condition_of,
    same,
)
from haanalyzer.values.logic import joined, negation

_MOST_BRANCHES = 8


def combined(function: str, parts: list[Decision], place: Span) -> Decision:
    """And, Or: one decisive part decides; what is left undecided becomes one term. May raise MalformedError."""
    decisive = function == OR
    for part in parts:
        if isinstance(part, Known) and part.data is decisive:
            return replace(part, place=place)
    taken = frozenset(assumption for part in parts for assumption in part.assuming)
    undecided = [part for part in parts if isinstance(part, Unknown)]
    if not undecided:
        return Known(data=not decisive, place=place, assuming=taken)
    term = bounded(joined(function, [part.term for part in undecided]))
    return Unknown(term=term, reason=undecided[0].reason, place=place, assuming=taken)


def negated(part: Decision) -> Decision:
    """Not."""
    if isinstance(part, Known):
        return replace(part, data=not part.data)
    return replace(part, term=negation(part.term, NOT))


def equality(left: Value, right: Value, stack: Names, place: Span) -> Decision:
    """Whether two values are equal, each as what its parameter may be. May raise MalformedError.

    Of a choice, that hangs on its condition.
    """
    if isinstance(right, Choice) and not isinstance(left, Choice):
        left, right = right, left
    if isinstance(left, Choice) and len(alternatives(left)) + len(alternatives(right)) <= _MOST_BRANCHES:
        return _of_choice(left, right, stack, place)
    taken = assumptions(left, right)
    truth = _same(left, right, stack)
    if truth is not Truth.MAYBE:
        return Known(data=truth is Truth.YES, place=place, assuming=taken)
    why = blockers(left, right)
    reason = f"depends on {why[0].term}: {why[0].reason}" if why else "decided at deployment"
    return Unknown(term=_term(left, right, stack), reason=reason, place=place, assuming=taken)


def _of_choice(choice: Choice, other: Value, stack: Names, place: Span) -> Decision:
    """Either its condition holds and one branch is equal, or it does not and the other one is."""
    condition = replace(condition_of(choice), assuming=frozenset())
    others = (other, other)
    if isinstance(other, Choice) and other.condition == choice.condition:
        others = (other.when_true, other.when_false)
    when_true = equality(choice.when_true, others[0], stack, place)
    when_false = equality(choice.when_false, others[1], stack, place)
    if isinstance(when_true, Known) and isinstance(when_false, Known) and when_true.data == when_false.data:
        found: Decision = replace(when_true, assuming=when_true.assuming | when_false.assuming)
    else:
        sides = [combined(AND, [condition, when_true], place), combined(AND, [negated(condition), when_false], place)]
        found = combined(OR, sides, place)
    return replace(found, assuming=found.assuming | assumptions(choice, other))


def _same(left: Value, right: Value, stack: Names) -> Truth:
    if isinstance(left, ListValue) and isinstance(right, ListValue) and not left.open and not right.open:
        if len(left.items) != len(right.items):
            return Truth.NO
        return all_of(_same(mine, other, stack) for mine, other in zip(left.items, right.items, strict=True))
    if isinstance(left, Absent) or isinstance(right, Absent):
        return Truth.MAYBE
    truth = same(left, right)
    return Truth.NO if truth is Truth.MAYBE and _is_excluded(left, right, stack) else truth


def _is_excluded(left: Value, right: Value, stack: Names) -> bool:
    """Whether neither may be what the other one is."""
    mine, other = _domain(left, stack), _domain(right, stack)
    if mine.texts is not None and other.texts is not None:
        return not any(map(other.allows, mine.texts)) and not any(map(mine.allows, other.texts))
    sides = ((left, other), (right, mine))
    return any(isinstance(side, Known) and not domain.allows(text_of_scalar(side.data)) for side, domain in sides)


def _domain(value: Value, stack: Names) -> Domain:
    return stack.domain(value.term) if isinstance(value, Unknown) and not value.many else ANYTHING


def _term(left: Value, right: Value, stack: Names) -> Term:
    for unknown, text in ((left, right), (right, left)):
        if isinstance(unknown, Unknown) and isinstance(text, Known):
            return _domain(unknown, stack).equation(unknown.term, text_of_scalar(text.data))
    sides = sorted((argument_of(left), argument_of(right)), key=lambda side: (isinstance(side, str), str(side)))
    return call(EQUALS, sides)
