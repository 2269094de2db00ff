"""Copies in another region: which backups and snapshots leave the region they are made in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Assumption,
    Blocker,
    Call,
    Choice,
    Concat,
    Known,
    ListValue,
    MapValue,
    Term,
    Truth,
    Unknown,
    Value,
    alternatives,
    assumptions,
    blockers,
    concat,
    same,
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whether copies leave the region, what shows it, and what blocks the answer."""

    truth: Truth
    steps: tuple[Step, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()


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
    truth = Truth.MAYBE if any(isinstance(each, Absent) for each in alternatives(other)) else ~same(own, other)
    unknown = blockers(own, other) or (Blocker("target region", place, "not written"),)
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
    """The region in a vault's ARN (``arn:partition:backup:region:account:backup-vault:name``), as a value.

    Unknown where the text is not known to have these parts.
    """
    match arn:
        case Choice():
            when_true, when_false = (region_in_arn(branch) for branch in (arn.when_true, arn.when_false))
            return replace(arn, when_true=when_true, when_false=when_false)
        case Known():
            return _region_among([str(arn)], arn)
        case Unknown(term=Concat(parts=parts)):
            return _region_among(parts, arn)
    return _region_of(arn)


_PARTS_OF_VAULT_ARN = 7


def _region_among(pieces: Iterable[str | Term], arn: Known | Unknown) -> Value:
    """The field after the third colon. That unknown pieces hold no colon, the number of fields shows."""
    fields: list[list[str | Term]] = [[]]
    for piece in pieces:
        first, *rest = piece.split(":") if isinstance(piece, str) else (piece,)
        fields[-1].append(first)
        fields += [[field] for field in rest]
    region = concat(fields[3]) if len(fields) == _PARTS_OF_VAULT_ARN else ""
    if isinstance(region, str):
        return Known(data=region, place=arn.place, assuming=arn.assuming) if region else _region_of(arn)
    reason = arn.reason if isinstance(arn, Unknown) else ""
    return Unknown(term=region, reason=reason, place=arn.place, assuming=arn.assuming)


def _region_of(arn: Value) -> Value:
    reason = arn.reason if isinstance(arn, Unknown) else "not the ARN of a backup vault"
    return Unknown(term=Call("region", (str(arn),)), reason=reason, place=arn.place, assuming=arn.assuming)


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
