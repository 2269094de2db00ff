"""Copies in another region: which backups and snapshots leave the region they are made in."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.analysis.answers import Answer, any_answer, doubt, if_sure, said_by
from haanalyzer.analysis.data.arns import fields_of
from haanalyzer.finding import Step
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.source.span import Span
from haanalyzer.values import (
    Absent,
    Blocker,
    Call,
    Choice,
    Known,
    MapValue,
    Truth,
    Unknown,
    Value,
    alternatives,
    same,
)
from haanalyzer.values.blocks import blocks_in


def leaves(own: Value, other: Value, place: Span) -> Answer:
    """Whether a copy made for ``other`` lands in another region than ``own``."""
    truth = Truth.MAYBE if any(isinstance(each, Absent) for each in alternatives(other)) else ~same(own, other)
    unwritten = Blocker("target region", place, "not written")
    return said_by(truth, own, other, step=Step(place, f"copied to {other}"), unclear=unwritten)


def region_in_arn(arn: Value) -> Value:
    """The region in a vault's ARN (``arn:partition:backup:region:account:backup-vault:name``), as a value.

    Unknown where the text is not known to have these parts.
    """
    if isinstance(arn, Choice):
        return replace(arn, when_true=region_in_arn(arn.when_true), when_false=region_in_arn(arn.when_false))
    fields = fields_of(arn)
    region = fields[3] if len(fields) == _FIELDS_OF_A_VAULT else ""
    reason = arn.reason if isinstance(arn, Unknown) else "not the ARN of a backup vault"
    if isinstance(region, str) and region:
        return Known(data=region, place=arn.place, assuming=arn.assuming)
    term = Call("region", (str(arn),)) if isinstance(region, str) else region
    return Unknown(term=term, reason=reason, place=arn.place, assuming=arn.assuming)


_FIELDS_OF_A_VAULT = 7


def vault_region(copy: MapValue, graph: ResourceGraph) -> Value:
    """The region of the vault that a copy action names: the declared vault's own, else what its ARN says."""
    vault = copy.get("vault")
    resource = graph.resource_named(vault, "backup_vault")
    return resource.region if resource else region_in_arn(vault)


def copies_of_plan(plan: Resource, graph: ResourceGraph) -> Answer:
    """Whether any rule of a backup plan copies to a vault in another region. NO of a plan without copies."""
    rules, unsure = blocks_in(plan["rules"])
    found = doubt(unsure)
    for rule in rules:
        copies, more = blocks_in(rule.get("copies"))
        found += doubt(more)
        found += [leaves(plan.region, vault_region(copy, graph), copy.place) for copy in copies]
    return any_answer(found)


def copied_by(snapshot: Resource, graph: ResourceGraph, seen: frozenset[str] = frozenset()) -> Answer:
    """Whether a snapshot, or a copy of it, is copied to another region by a resource of its own."""
    copies = graph.sources(snapshot, "snapshot_copy", "snapshot")
    seen |= {snapshot.address}
    found = doubt(copies.open)
    for copy in copies.may:
        if copy.address not in seen:
            here = any_answer((leaves(snapshot.region, copy.region, copy.place), copied_by(copy, graph, seen)))
            found.append(if_sure(here, copy, copies.must))
    return any_answer(found)
