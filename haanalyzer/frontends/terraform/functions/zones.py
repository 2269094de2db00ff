"""Functions of Availability Zones that are known by their list and index only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from haanalyzer.catalog.regions import fewest_zones, regions, zone_names
from haanalyzer.frontends.terraform.symbolic import EvaluationError, NotPlainError, plain, rewrite, value_of
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Assumption,
    Blocker,
    ItemOf,
    Known,
    ListValue,
    Term,
    Unknown,
    Value,
    ZoneList,
    assume,
    walk,
)


def fewest(zones: ZoneList) -> int:
    """How many zones any account has in the list's region."""
    return fewest_zones(_region(zones))


def _region(zones: ZoneList) -> str | None:
    return zones.region if isinstance(zones.region, str) else None


def by_witness(
    arguments: Sequence[Value], apply: Callable[[Sequence[Any]], Any], unknown: Unknown, place: Span
) -> Value | None:
    """What a function of a zone's name comes to, whichever name it is; None where the arguments hold other unknowns.

    Where the region is unknown and only another partition's names come to something
    else, the answer assumes the standard partition. ``unknown`` is the function's symbolic
    result, of which differing parts are made. Raises `EvaluationError` where the
    function fails for every name.
    """
    unknowns = [part for value in arguments for part in walk(value) if isinstance(part, Unknown)]
    terms = {part.term for part in unknowns}
    if len(terms) != 1:
        return None
    term = terms.pop()
    match term:
        case ItemOf(container=ZoneList(form="name") as zones, key=int()):
            pass
        case _:
            return None

    def tried(names: Sequence[str]) -> Value | None:
        results = _results(arguments, apply, term, names)
        if results == list(names):
            return replace(unknown, term=term)
        return _shared(results, unknown, place) if results else None

    found = tried(zone_names(_region(zones)))
    if isinstance(zones.region, str) or (found is not None and _is_settled(found)):
        return found
    likely = tried(_standard_names())
    if likely is None or not _is_settled(likely):
        return found
    taken = Assumption(str(zones.region or "region"), "a region of the standard partition", unknowns[0].place)
    return assume(likely, {taken})


@cache
def _standard_names() -> tuple[str, ...]:
    return tuple(name for code, region in regions().items() if region.partition == "aws" for name in zone_names(code))


def _is_settled(value: Value) -> bool:
    """Whether a result is known at least in its shape."""
    return value.open is None if isinstance(value, ListValue) else not isinstance(value, Unknown)


def _results(
    arguments: Sequence[Value], apply: Callable[[Sequence[Any]], Any], term: Term, names: Sequence[str]
) -> list[Any] | None:
    """What the function comes to for each name; None where it fails for some. Raises where it fails for all."""
    results: list[Any] = []
    failure: EvaluationError | None = None
    for name in names:
        try:
            results.append(apply([plain(_named(value, term, name)) for value in arguments]))
        except NotPlainError:
            return None
        except EvaluationError as error:
            failure = error
    if failure and not results:
        raise failure
    return None if failure else results


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
