"""Conditions of which some came out one way: what follows for the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from haanalyzer.values.terms import AND, EQUALS, NOT, OR, Call, Term
from haanalyzer.values.value import Known, Unknown

Facts = Mapping[Term, bool]
"""How conditions came out, and what follows from it."""


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
            if any(_excludes(fact, one, other) for fact, holds in facts.items() if holds):
                return False
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
    """A value where facts may tell which text it is, because a comparison of the two came out true."""
    if isinstance(value, Known) or value.many:
        return value
    for fact, holds in facts.items():
        if holds and isinstance(fact, Call) and fact.function in EQUALS and value.term in fact.arguments:
            text = next((part for part in fact.arguments if isinstance(part, str)), None)
            if text is not None:
                return Known(data=text, place=value.place, assuming=value.assuming)
    return value


def _excludes(fact: Term, left: object, right: object) -> bool:
    """Whether a true comparison with one text rules out this one with another."""
    if not isinstance(fact, Call) or fact.function not in EQUALS:
        return False
    texts = {part for part in (left, right) if isinstance(part, str)}
    others = {part for part in fact.arguments if isinstance(part, str)}
    terms = {left, right} - texts
    return len(texts) == 1 and len(others) == 1 and texts != others and terms == set(fact.arguments) - others
