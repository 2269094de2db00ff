"""``for`` expressions over whole, open and unknown collections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from haanalyzer.frontends.terraform.evaluation import operators
from haanalyzer.frontends.terraform.evaluation.choices import choose, each_branch, together
from haanalyzer.frontends.terraform.evaluation.scope import Scope
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, blocker_of, opaque, term_of, zones_of
from haanalyzer.frontends.terraform.evaluation.types import is_unordered, to_text
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Term,
    Unknown,
    Value,
    ZoneList,
    assume,
)

_MOST_UNKNOWN_CONDITIONS = 3

Evaluate = Callable[[syntax.Expression, Scope], Value]


@dataclass(frozen=True, slots=True)
class _Round:
    """One element's outcome: whether it is in, under which key, with what value."""

    included: Value
    key: Value | None
    value: Value


def evaluate_for(node: syntax.ForExpression, scope: Scope, evaluate: Evaluate) -> Value:
    """The list or map that a for expression builds. Raises EvaluationError where Terraform would."""

    def build(collection: Value) -> Value:
        pairs, more = elements(collection, scope)
        rounds = [_round(node, scope, evaluate, key, value) for key, value in pairs]
        built = _assemble(node, [found for found in rounds if found], more, scope)
        if isinstance(built, ListValue) and isinstance(collection, ListValue):
            built = replace(built, unordered=built.unordered or is_unordered(collection))
        return assume(built, collection.assuming)

    return each_branch(evaluate(node.collection, scope), build, keep_failures=scope.trying)


def elements(collection: Value, scope: Scope) -> tuple[list[tuple[Value, Value]], Blocker | None]:
    """The certain elements of a collection, as key and value, and what leaves it open. A set's are their own keys."""
    match collection:
        case ListValue(items=items, open=more, is_set=True):
            return [(item, item) for item in items], more
        case ListValue(items=items, open=more, unordered=True):
            return [(opaque("index", [collection, item], item.place, minimum=0), item) for item in items], more
        case ListValue(items=items, open=more):
            return [(Known(data=index, place=item.place), item) for index, item in enumerate(items)], more
        case MapValue(entries=entries, keys=keys, open=more):
            named = sorted(entries.items())
            return [(Known(data=key, place=keys.get(key, value.place)), value) for key, value in named], more
        case Unknown(term=ZoneList() as zones):
            items = zones_of(zones, collection)
            pairs: list[tuple[Value, Value]] = [
                (Known(data=index, place=collection.place), item) for index, item in enumerate(items)
            ]
            return pairs, blocker_of(collection)
        case Unknown():
            keyed = scope.module.registry.map(collection)
            if keyed is not None:
                return list(keyed.pairs), keyed.open
            return [], blocker_of(collection)
    raise EvaluationError("only a list, a set or a map can be iterated over")


def _round(node: syntax.ForExpression, scope: Scope, evaluate: Evaluate, key: Value, value: Value) -> _Round | None:
    inner = scope.naming({node.value_name: value, **({node.key_name: key} if node.key_name else {})})
    included: Value = Known(data=True, place=value.place)
    if node.condition is not None:
        included = evaluate(node.condition, inner)
        if isinstance(included, Known) and not operators.to_truth(included.data):
            return None
    return _Round(
        included=included,
        key=evaluate(node.key, inner) if node.key is not None else None,
        value=evaluate(node.value, inner),
    )


def _assemble(node: syntax.ForExpression, rounds: list[_Round], more: Blocker | None, scope: Scope) -> Value:
    """Every combination of the unknown conditions when they are few; otherwise what is certain, and open."""
    place = scope.span(node.start, node.end)
    doubtful = {term_of(found.included) for found in rounds if not isinstance(found.included, Known)}
    if len(doubtful) > _MOST_UNKNOWN_CONDITIONS:
        certain = [found for found in rounds if isinstance(found.included, Known)]
        unsure = next(found.included for found in rounds if not isinstance(found.included, Known))
        return _collected(node, certain, more or blocker_of(unsure), scope, shifted=True)

    def settle(conditions: list[Value]) -> Value:
        undecided = next((value for value in conditions if isinstance(value, Unknown)), None)
        if undecided is not None:
            yes, no = Known(data=True, place=place), Known(data=False, place=place)
            return choose(
                undecided,
                settle([yes if _same_condition(value, undecided) else value for value in conditions]),
                settle([no if _same_condition(value, undecided) else value for value in conditions]),
            )
        kept = [
            found
            for found, condition in zip(rounds, conditions, strict=True)
            if isinstance(condition, Known) and operators.to_truth(condition.data)
        ]
        taken = frozenset(assumption for condition in conditions for assumption in condition.assuming)
        return assume(_collected(node, kept, more, scope), taken)

    return together([found.included for found in rounds], settle)


def _same_condition(value: Value, condition: Unknown) -> bool:
    return isinstance(value, Unknown) and value.term == condition.term


def _collected(
    node: syntax.ForExpression, rounds: list[_Round], more: Blocker | None, scope: Scope, *, shifted: bool = False
) -> Value:
    """What the rounds make; where it is ``shifted``, others may come between these."""
    place = scope.span(node.start, node.end)
    if node.key is None:
        items = tuple(found.value for found in rounds)
        return ListValue(items=items, open=more, unordered=shifted, rest=_rest(node, more, scope), place=place)
    if not node.group:
        pairs = [(found.key, found.value) for found in rounds if found.key is not None]
        keyed = scope.module.registry.add_map(pairs, more, place, rest=_rest(node, more, scope))
        if keyed is not None:
            return keyed
    grouped: dict[str, list[Value]] = {}
    keys: dict[str, Span] = {}
    taken: set[Assumption] = set()
    for found in rounds:
        match found.key:
            case Known(data=data, place=where):
                grouped.setdefault(to_text(data), []).append(found.value)
                keys.setdefault(to_text(data), where)
                taken |= found.key.assuming
            case None:
                pass
            case Absent() | ListValue() | MapValue():
                raise EvaluationError("a key of an object is a string")
            case unknown_key:
                more, shifted = more or blocker_of(unknown_key), True
    rest = _rest(node, more, scope)
    entries = {
        key: _entry(node, values, more, rest and ItemOf(rest, key), place, shifted=shifted)
        for key, values in grouped.items()
    }
    return MapValue(entries=entries, keys=keys, open=more, rest=rest, place=place, assuming=frozenset(taken))


def _rest(node: syntax.ForExpression, more: Blocker | None, scope: Scope) -> Term | None:
    """What tells the elements that may follow from those of any other collection."""
    return scope.own_term(more.term, node.start) if more else None


def _entry(
    node: syntax.ForExpression,
    values: list[Value],
    more: Blocker | None,
    rest: Term | None,
    place: Span,
    *,
    shifted: bool,
) -> Value:
    if node.group:
        return ListValue(items=tuple(values), open=more, unordered=shifted, rest=rest, place=place)
    if len(values) > 1:
        raise EvaluationError("two elements of a for expression have one key")
    return values[0]
