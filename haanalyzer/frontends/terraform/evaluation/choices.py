"""Values that depend on a condition nobody knows yet: making them, and looking through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, equal, equation, opaque
from haanalyzer.source.span import Span
from haanalyzer.values import (
    AttributeOf,
    Call,
    Choice,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Term,
    Truth,
    Unknown,
    Value,
    alternatives,
    assume,
    choices_in,
    condition_of,
    same,
)

_MOST_ENTRIES = 8
_MOST_BRANCHES = 64
_MOST_CONDITIONS = 4
_FAILURE = Symbol("(an error)")


def choose(condition: Unknown, when_true: Value, when_false: Value) -> Value:
    """One of two values by an unknown condition.

    Branches already know how the condition came out; equal branches collapse; a tree
    that grows too large is left as one Unknown.
    """
    term: Term = condition.term
    match term:
        case Call(function="!", arguments=(Symbol() | Call() | ItemOf() | AttributeOf() as negated,)):
            term, when_true, when_false = negated, when_false, when_true
    return _chosen(condition, term, restrict(when_true, term, True), restrict(when_false, term, False))


def _chosen(condition: Unknown, term: Term, when_true: Value, when_false: Value) -> Value:
    """A choice between branches that hold no choice on the same condition."""
    if identical(when_true, when_false):
        return assume(when_true, when_false.assuming | condition.assuming)
    found = Choice(
        condition=term,
        reason=condition.reason,
        when_true=when_true,
        when_false=when_false,
        place=condition.place,
        assuming=condition.assuming,
    )
    if len(alternatives(found, _MOST_BRANCHES + 1)) <= _MOST_BRANCHES:
        return found
    return _flat(found)


def one_of(entries: Mapping[str, Value], key: Unknown, otherwise: Value | None, *, keep_failures: bool) -> Value | None:
    """The entry of an unknown key, or what there is otherwise; without that, any other key is an error.

    None where they differ and are too many to be told apart. Raises EvaluationError where it can be none of them.
    """
    known = {name: Known(data=name, place=key.place) for name in entries}
    possible = {name: value for name, value in entries.items() if same(known[name], key) is not Truth.NO}
    found = otherwise
    if found is None and keep_failures:
        found = failure(f"no entry {key}", key.place)
    if len(possible) > _MOST_ENTRIES:
        first, *others = (*possible.values(), *([] if found is None else [found]))
        return first if all(identical(first, each) for each in others) else None
    for name, value in reversed(list(possible.items())):
        condition = replace(key, term=equation(known[name], key), maybe_absent=False)
        found = value if found is None else choose(condition, value, found)
    if found is None:
        raise EvaluationError(f"no entry {key}")
    return found


def restrict(value: Value, condition: Term, holds: bool) -> Value:
    """The value where it is known how a condition came out."""
    if not isinstance(value, Choice):
        return value
    if value.condition == condition:
        return assume(value.when_true if holds else value.when_false, value.assuming)
    when_true = restrict(value.when_true, condition, holds)
    when_false = restrict(value.when_false, condition, holds)
    if when_true is value.when_true and when_false is value.when_false:
        return value
    return _chosen(condition_of(value), value.condition, when_true, when_false)


def identical(left: Value, right: Value) -> bool:
    """Whether two values are provably the same, collections element by element up to the first that is not."""
    if left is right or type(left) is not type(right):
        return left is right
    match left, right:
        case Known(data=str(mine)), Known(data=str(other)):
            return mine == other
        case MapValue(entries=mine, open=None), MapValue(entries=other, open=None):
            return mine.keys() == other.keys() and all(map(identical, mine.values(), map(other.__getitem__, mine)))
        case ListValue(items=mine, open=None, is_set=False), ListValue(items=other, open=None, is_set=False):
            return len(mine) == len(other) and all(map(identical, mine, other))
    return equal(left, right) is Truth.YES


def each_branch(value: Value, apply: Callable[[Value], Value], *, keep_failures: bool = False) -> Value:
    """Apply to every branch of a choice.

    A branch that fails cannot be deployed, so the other one holds; where a
    surrounding ``try`` would catch the failure it is kept for `is_failure`.
    Raises EvaluationError when every branch fails.
    """
    if not isinstance(value, Choice):
        return assume(apply(value), value.assuming) if value.assuming else apply(value)
    results: list[Value] = []
    failures: list[EvaluationError] = []
    for branch in (value.when_true, value.when_false):
        try:
            results.append(each_branch(branch, apply, keep_failures=keep_failures))
        except EvaluationError as error:
            failures.append(error)
            results.append(failure(str(error), value.place))
    if len(failures) == len(results):
        raise failures[0]
    if failures and not keep_failures:
        return results[1] if is_failure(results[0]) else results[0]
    return choose(condition_of(value), *results)


def together(values: Sequence[Value], combine: Callable[[list[Value]], Value], *, keep_failures: bool = False) -> Value:
    """Combine values, branch by branch of the choices among them; equal conditions go together."""
    first = next((value for value in values if isinstance(value, Choice)), None)
    if first is None:
        return combine(list(values))
    conditions = {part.condition for value in values for part in choices_in(value)}
    if len(conditions) > _MOST_CONDITIONS:
        return combine([_flat(value) for value in values])

    def branch(holds: Value) -> Value:
        taken = isinstance(holds, Known) and holds.data is True
        return together(
            [restrict(value, first.condition, taken) for value in values], combine, keep_failures=keep_failures
        )

    yes, no = Known(data=True, place=first.place), Known(data=False, place=first.place)
    outcome = Choice(
        condition=first.condition,
        reason=first.reason,
        when_true=yes,
        when_false=no,
        place=first.place,
        assuming=first.assuming,
    )
    return each_branch(outcome, branch, keep_failures=keep_failures)


def _flat(value: Value) -> Value:
    """A choice as one unknown that is equal for equal choices."""
    return opaque("if", [value], value.place, maybe_absent=True) if isinstance(value, Choice) else value


def failure(message: str, place: Span) -> Value:
    """Stands for a branch that Terraform would reject, until a ``try`` around it decides."""
    return Unknown(term=_FAILURE, reason=message, place=place, maybe_absent=True)


def is_failure(value: Value) -> bool:
    """Whether a value is a failed branch, or was computed from one."""
    return isinstance(value, Unknown) and _mentions(value.term, _FAILURE)


def prune(value: Value) -> Value:
    """A value without its failed branches. Raises EvaluationError when it failed as a whole."""

    def keep(leaf: Value) -> Value:
        if isinstance(leaf, Unknown) and is_failure(leaf):
            raise EvaluationError(leaf.reason)
        return leaf

    return each_branch(value, keep)


def _mentions(term: object, wanted: Term) -> bool:
    if term == wanted:
        return True
    slots = getattr(term, "__slots__", ())
    return any(
        any(_mentions(part, wanted) for part in (inner if isinstance(inner, tuple) else (inner,)))
        for inner in (getattr(term, slot) for slot in slots)
    )
