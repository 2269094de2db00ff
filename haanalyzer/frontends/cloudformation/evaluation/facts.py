"""What is settled about undecided conditions at one spot of a template."""

from __future__ import annotations

from collections.abc import Mapping

from haanalyzer.frontends.cloudformation.evaluation.symbolic import NOT, call
from haanalyzer.values import Call, Known, Term, Unknown

AND, OR, EQUALS = "Fn::And", "Fn::Or", "Fn::Equals"

Facts = Mapping[Term, bool]


def negation(term: Term) -> Term:
    match term:
        case Call(function=function, arguments=(inner,)) if function == NOT and isinstance(inner, Term):
            return inner
    return Call(NOT, (term,))


def learn(facts: Facts, term: Term, holds: bool) -> Facts:
    """The facts, with a condition that came out so, and all that follows from it."""
    known = dict(facts)
    todo = [(term, holds)]
    while todo:
        current, truth = todo.pop()
        known[current] = truth
        match current:
            case Call(function=function, arguments=parts):
                if function == NOT:
                    todo += [(part, not truth) for part in parts if isinstance(part, Term)]
                elif (function == AND and truth) or (function == OR and not truth):
                    todo += [(part, truth) for part in parts if isinstance(part, Term)]
            case _:
                pass
    return known


def settle(term: Term, facts: Facts) -> Term | bool:
    """A condition where these facts hold: decided, or what is left of it."""
    if not facts:
        return term
    if term in facts:
        return facts[term]
    match term:
        case Call(function=function, arguments=(Call() as inner,)) if function == NOT:
            left = settle(inner, facts)
            return not left if isinstance(left, bool) else negation(left)
        case Call(function=function, arguments=parts) if function in (AND, OR):
            decisive = function == OR
            undecided: list[Term] = []
            for part in parts:
                left = settle(part, facts) if isinstance(part, Term) else bool(part)
                if left is decisive:
                    return decisive
                if not isinstance(left, bool):
                    undecided.append(left)
            return together(function, undecided) if undecided else not decisive
        case Call(function=function, arguments=(left_side, right_side)) if function == EQUALS:
            if any(_excludes(fact, left_side, right_side) for fact, holds in facts.items() if holds):
                return False
    return term


def together(function: str, terms: list[Term]) -> Term:
    """The conjunction or disjunction of terms, the same for every order of them. May raise MalformedError."""
    flat: dict[Term, None] = {}
    for term in terms:
        inner = term.arguments if isinstance(term, Call) and term.function == function else (term,)
        flat |= dict.fromkeys(part for part in inner if isinstance(part, Term))
    parts = sorted(flat, key=str)
    return parts[0] if len(parts) == 1 else call(function, parts)


def _excludes(fact: Term, left: object, right: object) -> bool:
    """Whether a true comparison with one text rules out this one with another."""
    if not isinstance(fact, Call) or fact.function != EQUALS:
        return False
    texts = {part for part in (left, right) if isinstance(part, str)}
    others = {part for part in fact.arguments if isinstance(part, str)}
    terms = {left, right} - texts
    return len(texts) == 1 and len(others) == 1 and texts != others and terms == set(fact.arguments) - others


def narrowed(value: Known | Unknown, facts: Facts) -> Known | Unknown:
    """A value where facts may tell which text it is, because a comparison of the two came out true."""
    if isinstance(value, Known) or value.many:
        return value
    for fact, holds in facts.items():
        if holds and isinstance(fact, Call) and fact.function == EQUALS and fact.arguments[0] == value.term:
            text = fact.arguments[1]
            if isinstance(text, str):
                return Known(data=text, place=value.place, assuming=value.assuming)
    return value
