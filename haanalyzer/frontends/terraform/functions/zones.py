"""Functions of Availability Zones that are known by their list and index only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from haanalyzer.catalog.regions import fewest_zones, zone_names
from haanalyzer.frontends.terraform.symbolic import EvaluationError, NotPlainError, plain, rewrite, value_of
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Blocker,
    ItemOf,
    Known,
    ListValue,
    Term,
    Unknown,
    Value,
    ZoneList,
    walk,
)


def fewest(zones: ZoneList) -> int:
    """How many zones any account has in the list's region."""
    return fewest_zones(_region(zones))


def zone(names: Unknown, index: int, place: Span) -> Unknown:
    """The element of an unknown list."""
    return replace(names, term=ItemOf(names.term, index), place=place, minimum=None)


def _region(zones: ZoneList) -> str | None:
    return zones.region if isinstance(zones.region, str) else None


def by_witness(
    arguments: Sequence[Value], apply: Callable[[Sequence[Any]], Any], unknown: Unknown, place: Span
) -> Value | None:
    """What a function of a zone's name comes to, whichever name it is; None where the arguments hold other unknowns.

    ``unknown`` is the function's symbolic result, of which differing parts are made.
    Raises `EvaluationError` where the function fails for every name.
    """
    names = {part.term for value in arguments for part in walk(value) if isinstance(part, Unknown)}
    if len(names) != 1:
        return None
    term = names.pop()
    match term:
        case ItemOf(container=ZoneList(form="name") as zones, key=int()):
            pass
        case _:
            return None
    results: list[Any] = []
    errors: list[EvaluationError] = []
    candidates = zone_names(_region(zones))
    for name in candidates:
        try:
            results.append(apply([plain(_named(value, term, name)) for value in arguments]))
        except NotPlainError:
            return None
        except EvaluationError as error:
            errors.append(error)
    if errors and not results:
        raise errors[0]
    if errors or not results:
        return None
    if results == list(candidates):
        return replace(unknown, term=term)
    return _shared(results, unknown, place)


def _named(value: Value, term: Term, name: str) -> Value:
    def decide(part: Value) -> Value:
        if isinstance(part, Unknown) and part.term == term:
            return Known(data=name, place=part.place, assuming=part.assuming)
        return part

    return rewrite(value, decide)


def _shared(results: Sequence[Any], unknown: Unknown, place: Span) -> Value:
    """What all results have in common; parts that differ are parts of the unknown result."""
    first = results[0]
    if all(type(result) is type(first) and result == first for result in results):
        return value_of(first, place, unknown.assuming)
    if all(isinstance(result, list) for result in results):
        shortest, longest = min(map(len, results)), max(map(len, results))
        items = [
            _shared([result[index] for result in results], replace(unknown, term=ItemOf(unknown.term, index)), place)
            for index in range(shortest)
        ]
        more = None if shortest == longest else Blocker(str(unknown.term), unknown.place, unknown.reason)
        return ListValue(items=tuple(items), open=more, place=place, assuming=unknown.assuming)
    if all(isinstance(result, dict) and result.keys() == first.keys() for result in results):
        entries = {
            key: _shared([result[key] for result in results], replace(unknown, term=ItemOf(unknown.term, key)), place)
            for key in first
        }
        return value_of(entries, place, unknown.assuming)
    if all(isinstance(result, int) and not isinstance(result, bool) for result in results):
        return replace(unknown, minimum=min(results))
    return replace(unknown, maybe_absent=any(result is None for result in results))
