"""Functions of Availability Zones that are known by their list and index only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from haanalyzer.catalog.regions import fewest_zones, regions, zone_names
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain, rewrite, value_of
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Assumption,
    Blocker,
    Concat,
    ItemOf,
    Known,
    ListValue,
    Term,
    Unknown,
    Value,
    ZoneList,
    assume,
    concat,
    walk,
)


class _Zone(NamedTuple):
    """A zone of a list, and where it is first mentioned."""

    term: Term
    zones: ZoneList
    place: Span


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
    zone = _zone_in(arguments)
    if zone is None:
        return None

    def tried(names: Sequence[str]) -> Value | None:
        results = _results(arguments, apply, zone.term, names)
        return _Witnesses(names, zone.term, unknown, place).shared(results) if results else None

    region = zone.zones.region
    found = tried(zone_names(_region(zone.zones)))
    if isinstance(region, str) or (found is not None and _is_settled(found)):
        return found
    likely = tried(_standard_names())
    if likely is None or not _is_settled(likely):
        return found
    taken = Assumption(str(region or "region"), "a region of the standard partition", zone.place)
    return assume(likely, {taken})


def _zone_in(arguments: Sequence[Value]) -> _Zone | None:
    """The zone that is all that is unknown in these values, alone or within texts."""
    unknowns = [part for value in arguments for part in walk(value) if isinstance(part, Unknown)]
    terms = {part for each in unknowns for part in _text_parts(each.term) if not isinstance(part, str)}
    match tuple(terms):
        case (ItemOf(container=ZoneList(form="name") as zones, key=int()) as term,):
            return _Zone(term, zones, unknowns[0].place)
    return None


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
        match part:
            case Unknown(term=of, place=place, assuming=assuming) if term in _text_parts(of):
                text = "".join(name if piece == term else str(piece) for piece in _text_parts(of))
                return Known(data=text, place=place, assuming=assuming)
        return part

    return rewrite(value, decide)


def _text_parts(term: Term) -> tuple[str | Term, ...]:
    return term.parts if isinstance(term, Concat) else (term,)


@dataclass(frozen=True, slots=True)
class _Witnesses:
    """The names that a zone may have. ``unknown`` is what a function of it comes to."""

    names: Sequence[str]
    zone: Term
    unknown: Unknown
    place: Span

    def shared(self, results: Sequence[Any]) -> Value:
        """What the results for all names have in common; parts that differ are parts of the unknown result."""
        return self._shared(results, self.unknown)

    def _shared(self, results: Sequence[Any], unknown: Unknown) -> Value:
        first = results[0]
        if all(type(result) is type(first) and result == first for result in results):
            return value_of(first, self.place, unknown.assuming)
        if all(isinstance(result, list) for result in results):
            shortest, longest = min(map(len, results)), max(map(len, results))
            items = [self._part(results, index, unknown) for index in range(shortest)]
            more = None if shortest == longest else Blocker(str(unknown.term), unknown.place, unknown.reason)
            rest = unknown.term if more else None
            return ListValue(items=tuple(items), open=more, rest=rest, place=self.place, assuming=unknown.assuming)
        if all(isinstance(result, dict) and result.keys() == first.keys() for result in results):
            entries = {key: self._part(results, key, unknown) for key in first}
            return value_of(entries, self.place, unknown.assuming)
        if all(isinstance(result, int) and not isinstance(result, bool) for result in results):
            return replace(unknown, minimum=min(results))
        if (text := self._text_around(results)) is not None:
            return replace(unknown, term=text)
        return replace(unknown, maybe_absent=any(result is None for result in results))

    def _part(self, results: Sequence[Any], key: int | str, unknown: Unknown) -> Value:
        return self._shared([result[key] for result in results], replace(unknown, term=ItemOf(unknown.term, key)))

    def _text_around(self, results: Sequence[Any]) -> Term | None:
        """The text that all results are with the zone's name in it."""
        before, found, after = str(results[0]).partition(self.names[0])
        alike = (f"{before}{name}{after}" == result for name, result in zip(self.names, results, strict=True))
        text = concat([before, self.zone, after]) if found and all(alike) else ""
        return text if not isinstance(text, str) else None
