"""Values that rest on something unknown: terms for them, and choices between branches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Blocker,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    ZoneList,
    alternatives,
    assume,
    assumptions,
    choices_in,
    condition_of,
    first_blocker,
    same,
    walk,
)

AND, OR, NOT, EQUALS = "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals"
_MOST_BRANCHES = 64
_MOST_CONDITIONS = 4
_LARGEST_TERM = 2_000

Argument = Term | str | int | float | bool | None


class MalformedError(Exception):
    """An intrinsic function that CloudFormation would reject: what it expects."""


def text_of_scalar(data: str | bool | int | float) -> str:
    """A scalar as CloudFormation writes it into a text."""
    return str(data).lower() if isinstance(data, bool) else str(data)


def argument_of(value: Value) -> Argument:
    """A value as the argument of a call term; equal values give equal arguments."""
    match value:
        case Known(data=data):
            return text_of_scalar(data)
        case Unknown(term=term):
            return term
        case Choice():
            return _term_of(value)
        case ListValue(items=items, open=more):
            return call("list", (*map(argument_of, items), *([Symbol(more.term)] if more else ())))
        case MapValue(entries=entries, open=more):
            pairs = (part for key in sorted(entries) for part in (key, argument_of(entries[key])))
            return call("map", (*pairs, *([Symbol(more.term)] if more else ())))
        case Absent():
            return None


def call(function: str, arguments: Iterable[Argument]) -> Term:
    """A call term. Raises MalformedError for one past all reason: comparing it would take forever."""
    return bounded(Call(function, tuple(arguments)))


def equation(term: Term, text: str) -> Term:
    """The condition that a term is a text."""
    return Call(EQUALS, (term, text))


def bounded(term: Term) -> Term:
    """The term. Raises MalformedError for one past all reason: comparing it would take forever."""
    if _is_larger(term, _LARGEST_TERM):
        raise MalformedError("a smaller expression")
    return term


def _is_larger(term: Term, limit: int) -> bool:
    stack: list[object] = [term]
    count = 0
    while stack and count <= limit:
        count += 1
        match stack.pop():
            case Call(arguments=inner) | Concat(parts=inner):
                stack += inner
            case ItemOf(container=container):
                stack.append(container)
            case ZoneList(region=region):
                stack.append(region)
            case Symbol() | AttributeOf() | _:
                pass
    return count > limit


def unknown_call(function: str, values: Sequence[Value], place: Span, *, many: bool = False) -> Unknown:
    """What a function makes of values that are not all known."""
    reason = reason_of(values) or "computed at deployment"
    term = call(function, map(argument_of, values))
    return Unknown(term=term, reason=reason, place=place, many=many, assuming=assumptions(*values))


def reason_of(values: Iterable[Value]) -> str | None:
    """Why the first unknown among these values is one."""
    for part in (part for value in values for part in walk(value)):
        match part:
            case Unknown(reason=reason) | Choice(reason=reason):
                return reason
            case ListValue(open=Blocker(reason=reason)) | MapValue(open=Blocker(reason=reason)):
                return reason
            case _:
                pass
    return None


def rejected(what: str, reason: str, place: Span, within: str) -> Unknown:
    """Stands for what CloudFormation would reject or makes itself; equal to nothing else.

    ``within`` tells several uses of one template, or turns of a loop, from each other.
    """
    symbol = Symbol(f"{within}{what} at {place}:{place.column}")
    return Unknown(term=symbol, reason=reason, place=place, maybe_absent=True)


def blocker_of(value: Value) -> Blocker:
    """Why a value is not known."""
    return first_blocker(value) or Blocker(str(value), value.place, "not a list")


def choose(condition: Unknown, when_true: Value, when_false: Value, place: Span) -> Value:
    """One of two values by an undecided condition.

    Branches already know how it came out; a negated condition swaps them, equal
    ones collapse, and a tree that grows too large is left as one Unknown.
    """
    term = condition.term
    match term:
        case Call(function=function, arguments=(negated,)) if function == NOT and isinstance(negated, Term):
            term, when_true, when_false = negated, when_false, when_true
    when_true, when_false = restrict(when_true, term, True), restrict(when_false, term, False)
    if type(when_true) is type(when_false) and same(when_true, when_false) is Truth.YES:
        return assume(when_true, when_false.assuming | condition.assuming)
    found = Choice(
        condition=term,
        reason=condition.reason,
        when_true=when_true,
        when_false=when_false,
        place=place,
        assuming=condition.assuming,
    )
    return found if len(alternatives(found, _MOST_BRANCHES + 1)) <= _MOST_BRANCHES else _flat(found)


def restrict(value: Value, condition: Term, holds: bool) -> Value:
    """The value where it is known how a condition came out."""
    if not isinstance(value, Choice):
        return value
    if value.condition == condition:
        branch = value.when_true if holds else value.when_false
        return assume(restrict(branch, condition, holds), value.assuming)
    when_true, when_false = restrict(value.when_true, condition, holds), restrict(value.when_false, condition, holds)
    if when_true is value.when_true and when_false is value.when_false:
        return value
    return choose(condition_of(value), when_true, when_false, value.place)


def distribute(values: Sequence[Value], combine: Callable[[list[Value]], Value]) -> Value:
    """Combine values branch by branch of the choices among them; equal conditions go together.

    The outcome rests on the assumptions of every value.
    """
    conditions = {choice.condition: choice for value in values for choice in choices_in(value)}
    if not conditions:
        return assume(combine(list(values)), (taken for value in values for taken in value.assuming))
    if len(conditions) > _MOST_CONDITIONS:
        return distribute([_flat(value) for value in values], combine)
    term, choice = next(iter(conditions.items()))
    when_true = distribute([restrict(value, term, True) for value in values], combine)
    when_false = distribute([restrict(value, term, False) for value in values], combine)
    return choose(condition_of(choice), when_true, when_false, choice.place)


def _term_of(choice: Choice) -> Term:
    return call("Fn::If", (choice.condition, argument_of(choice.when_true), argument_of(choice.when_false)))


def _flat(value: Value) -> Value:
    """A choice as one unknown that is equal for equal choices."""
    if not isinstance(value, Choice):
        return value
    branches = alternatives(value)
    return Unknown(
        term=_term_of(value),
        reason=value.reason,
        place=value.place,
        assuming=value.assuming.union(*(branch.assuming for branch in branches)),
        many=all(map(_is_many, branches)),
        maybe_absent=any(map(_may_be_absent, branches)),
    )


def _is_many(value: Value) -> bool:
    return isinstance(value, ListValue) or (isinstance(value, Unknown) and value.many)


def _may_be_absent(value: Value) -> bool:
    return isinstance(value, Absent) or (isinstance(value, Unknown) and value.maybe_absent)
