"""Copies in another region: which backups and snapshots leave the region they are made in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Choice,
    Concat,
    Known,
    ListValue,
    MapValue,
    Term,
    Truth,
    Unknown,
    Value,
    assumptions,
    blockers,
    same,
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whether copies leave the region, what shows it, and what blocks the answer."""

    truth: Truth
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


NEVER = Leaving(Truth.NO)


def any_leaving(found: Iterable[Leaving]) -> Leaving:
    """One copy that leaves is enough."""
    parts = list(found)
    truth = Truth(max((part.truth.value for part in parts), default=Truth.NO.value))
    return Leaving(
        truth,
        tuple(step for part in parts for step in part.steps),
        () if truth is not Truth.MAYBE else tuple(blocker for part in parts for blocker in part.blockers),
        frozenset[Assumption]().union(*(part.assuming for part in parts)),
    )


def leaves(own: Value, other: Value, place: Span) -> Leaving:
    """Whether a copy made for ``other`` lands in another region than ``own``."""
    truth = ~same(own, other)
    unknown = blockers(own, other) or (Blocker(str(other), place, "the region it lands in is not known"),)
    step = Step(place, f"copied to {other}")
    return Leaving(truth, (step,), unknown if truth is Truth.MAYBE else (), assumptions(own, other))


def records(value: Value) -> tuple[list[MapValue], tuple[Blocker, ...]]:
    """The blocks that a list surely holds, and what may be in it besides."""
    match value:
        case Absent():
            return [], ()
        case MapValue():
            return [value], ()
        case ListValue(items=items, open=more):
            found: list[MapValue] = []
            unsure: list[Blocker] = [more] if more else []
            for item in items:
                inner, unknown = records(item)
                found += inner
                unsure += unknown
            return found, tuple(unsure)
        case Choice(condition=condition, reason=reason, place=place):
            return [], (Blocker(str(condition), place, reason),)
        case _:
            return [], blockers(value) or (Blocker(str(value), value.place, "not a list of blocks"),)


def region_in_arn(arn: Value) -> Value:
    """The region in an ARN (``arn:partition:service:region:…``), as a value: known, or the term that stands there."""
    match arn:
        case Known(data=str(text)):
            parts = text.split(":")
            if len(parts) > 4 and parts[3]:
                return Known(data=parts[3], place=arn.place, assuming=arn.assuming)
        case Unknown(term=Concat(parts=parts)):
            return _region_among(parts, arn)
    return arn


def _region_among(parts: tuple[str | Term, ...], arn: Unknown) -> Value:
    """The field after the third colon, where it is a single part."""
    fields: list[list[str | Term]] = [[]]
    for part in parts:
        if not isinstance(part, str):
            fields[-1].append(part)
            continue
        first, *rest = part.split(":")
        fields[-1].append(first)
        fields += [[piece] for piece in rest]
    region = [piece for piece in fields[3] if piece != ""] if len(fields) > 4 else []
    if len(region) == 1 and isinstance(region[0], str):
        return Known(data=region[0], place=arn.place, assuming=arn.assuming)
    if len(region) == 1 and not isinstance(region[0], str):
        return Unknown(term=region[0], reason=arn.reason, place=arn.place, assuming=arn.assuming)
    return arn


def vault_region(copy: MapValue, graph: ResourceGraph) -> Value:
    """The region of the vault that a copy action names: the declared vault's own, else what its ARN says."""
    vault = copy.get("vault")
    resource = graph.resource_named(vault, "backup_vault")
    return resource.region if resource else region_in_arn(vault)


def copied_by(snapshot: Resource, graph: ResourceGraph, seen: frozenset[str] = frozenset()) -> Leaving:
    """Whether a snapshot, or a copy of it, is copied to another region by a resource of its own."""
    copies = graph.sources(snapshot, "snapshot_copy", "snapshot")
    seen |= {snapshot.address}
    found = [Leaving(Truth.MAYBE, blockers=copies.open)] if copies.open else []
    for copy in copies.may:
        if copy.address not in seen:
            here = any_leaving((leaves(snapshot.region, copy.region, copy.place), copied_by(copy, graph, seen)))
            found.append(_if_sure(here, copy, copies.must))
    return any_leaving(found)


def _if_sure(leaving: Leaving, copy: Resource, sure: tuple[Resource, ...]) -> Leaving:
    if copy in sure or leaving.truth is Truth.NO:
        return leaving
    may_not_exist = copy.existence.unless or (Blocker(copy.address, copy.place, "may be a copy of it"),)
    return Leaving(Truth.MAYBE, leaving.steps, (*leaving.blockers, *may_not_exist), leaving.assuming)
