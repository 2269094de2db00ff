"""Conditions of which some came out one way: what follows for the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from haanalyzer.values.terms import AND, EQUALS, NOT, OR, Call, Symbol, Term
from haanalyzer.values.value import Known, Unknown

Facts = Mapping[Term, bool]
"""How conditions came out, and what follows from it."""

Side = Term | str | int | float | bool | None
"""What is compared: something unknown, or a literal; ``None`` is nothing."""
_TRUTHS = (Symbol("true"), Symbol("false"))


def learn(facts: Facts, term: Term, holds: bool) -> Facts:
    """The facts, with a condition that came out so, and all that follows from it."""
    known = dict(facts)
    todo = [(term, holds)]
    while todo:
        current, truth = todo.pop()
        known[current] = truth
        if isinstance(current, Call):
            parts = [part for part in current.arguments if isinstance(part, Term)]
            if current.function in NOT:
                todo += [(part, not truth) for part in parts]
            elif (current.function in AND and truth) or (current.function in OR and not truth):
                todo += [(part, truth) for part in parts]
    return known


def settle(term: Term, facts: Facts) -> Term | bool:
    """A condition where these facts hold: decided, or what is left of it."""
    if not facts:
        return term
    if term in facts:
        return facts[term]
    match term:
        case Call(function=function, arguments=(inner,)) if function in NOT and isinstance(inner, Term):
            left = settle(inner, facts)
            return not left if isinstance(left, bool) else negation(left, function)
        case Call(function=function, arguments=parts) if function in AND | OR:
            decisive = function in OR
            undecided: list[Term] = []
            for part in parts:
                left = settle(part, facts) if isinstance(part, Term) else bool(part)
                if left is decisive:
                    return decisive
                if not isinstance(left, bool):
                    undecided.append(left)
            return joined(function, undecided) if undecided else not decisive
        case Call(function=function, arguments=(one, other)) if function in EQUALS:
            truth = _compared(_alike(one, facts), _alike(other, facts), facts)
            return term if truth is None else truth
    return term


def negation(term: Term, function: str) -> Term:
    """The negation of a term by a language's word for it; what is negated twice is itself."""
    match term:
        case Call(function=word, arguments=(inner,)) if word in NOT and isinstance(inner, Term):
            return inner
    return Call(function, (term,))


def joined(function: str, terms: Sequence[Term]) -> Term:
    """The conjunction or disjunction of terms, the same for every order of them."""
    flat: dict[Term, None] = {}
    for term in terms:
        inner = term.arguments if isinstance(term, Call) and term.function == function else (term,)
        flat |= dict.fromkeys(part for part in inner if isinstance(part, Term))
    parts = sorted(flat, key=str)
    return parts[0] if len(parts) == 1 else Call(function, tuple(parts))


def leaves(term: Term) -> Iterator[Term]:
    """The conditions that a condition is joined of, in the order of reading."""
    if isinstance(term, Call) and term.function in NOT | AND | OR:
        for part in term.arguments:
            if isinstance(part, Term):
                yield from leaves(part)
    else:
        yield term


def narrowed(value: Known | Unknown, facts: Facts) -> Known | Unknown:
    """A value where facts tell which text it is, because comparisons that came out true lead to one."""
    if isinstance(value, Known) or value.many or not facts:
        return value
    text = next((side for side in _alike(value.term, facts) if isinstance(side, str)), None)
    return value if text is None else Known(data=text, place=value.place, assuming=value.assuming)


def _alike(side: Side, facts: Facts) -> list[Side]:
    """What true comparisons make equal to one of their sides, itself first."""
    found = [side]
    equal = [fact.arguments for fact, holds in facts.items() if holds and _is_comparison(fact)]
    for each in found:
        for left, right in equal:
            found += [new for old, new in ((left, right), (right, left)) if _is(old, each) and not _among(new, found)]
    return found


def _compared(ones: Sequence[Side], others: Sequence[Side], facts: Facts) -> bool | None:
    """Whether things are equal of which each is alike; None where the facts do not tell."""
    if any(_among(one, others) for one in ones):
        return True
    if any(_are_two(one, other) for one in ones for other in others):
        return False
    unequal = [fact.arguments for fact, holds in facts.items() if not holds and _is_comparison(fact)]
    sides = ((ones, others), (others, ones))
    apart = any(_among(left, here) and _among(right, there) for left, right in unequal for here, there in sides)
    return False if apart else None


def _is_comparison(term: Term) -> TypeGuard[Call]:
    return isinstance(term, Call) and term.function in EQUALS and len(term.arguments) == 2


def _is(one: Side, other: Side) -> bool:
    """Whether two sides are one; 1 is not true, and no text."""
    return type(one) is type(other) and one == other


def _among(side: Side, others: Sequence[Side]) -> bool:
    return any(_is(side, other) for other in others)


def is_literal(side: Side) -> bool:
    """Whether a side is what is written, as the truths of Terraform are."""
    return not isinstance(side, Term) or side in _TRUTHS


def _are_two(one: Side, other: Side) -> bool:
    """Whether two sides are surely not equal: two texts, truths or numbers, or nothing and something."""
    if not is_literal(one) or not is_literal(other) or one == other:
        return False
    return type(one) is type(other) or one is None or other is None
