"""The failover, the Multi-AZ and the replicas of a replication group do not fit together.

A Redis or Valkey replication group survives the loss of its primary when three things
come together: a replica that can take over, automatic failover that lets it, and Multi-AZ,
which puts it into another zone. Failover without a replica has nothing to fail over to;
Multi-AZ without failover, or either without a replica, is refused by AWS; replicas without
failover wait for somebody to promote one by hand; failover without Multi-AZ may leave
primary and replica in one zone.

What contradicts itself is always said. What is merely missing is said where
`failover_required` is set. In cluster mode AWS insists on automatic failover even without
replicas, so that is no contradiction there. A member of a global datastore takes its
settings from that, and is not meant.

How to mend
    Give each primary a replica (`NumCacheClusters` of two or more, `ReplicasPerNodeGroup` of
    one or more; `num_cache_clusters`, `replicas_per_node_group` in Terraform) and set
    `AutomaticFailoverEnabled` and `MultiAZEnabled` (`automatic_failover_enabled`,
    `multi_az_enabled`).

See also
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from haanalyzer.analysis.data.caches import Replicas, replicas_in
from haanalyzer.analysis.placement import zones_written
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Scalar, Truth, assumptions, blockers
from haanalyzer.values.questions import is_true, is_written


@dataclass(frozen=True, slots=True)
class _Flaw:
    """What may not fit: whether it is so, how it reads, the attribute it stands in, and the changes that mend it."""

    truth: Truth
    text: str
    attribute: str
    mend: tuple[tuple[str, Scalar], ...] = ()
    severity: Severity | None = None


_BOTH: tuple[tuple[str, Scalar], ...] = (("automatic_failover", True), ("multi_az", True))


@rule(
    "HA412",
    kinds=("replication_group",),
    severity=Severity.WARNING,
    systems=("ElastiCache for Redis/Valkey",),
    like=("ec-failover", "ec-multi-az", "ec-cluster-mode"),
)
def failover_without_replica(
    group: Resource, graph: ResourceGraph, *, failover_required: bool = True
) -> Iterator[Verdict]:
    member = is_written(group["global_group"])
    if member is Truth.YES:
        return
    replicas = replicas_in(group, graph)
    flaws = [*_contradictions(group, replicas), *(_missing(group, replicas) if failover_required else ())]
    deciding = [group[name] for name in ("automatic_failover", "multi_az", "global_group")]
    assuming = replicas.assuming | assumptions(*deciding)
    worst = next((flaw for flaw in flaws if flaw.truth is Truth.YES), None)
    if worst and member is Truth.NO:
        yield failed(
            group,
            f"{group.address} {worst.text}",
            at=group.place_of(worst.attribute) if worst.attribute else replicas.place,
            evidence=_settings(group, replicas),
            assuming=assuming,
            severity=worst.severity,
            changes=(Change(group.address, name, value) for name, value in worst.mend),
        )
    elif all(flaw.truth is Truth.NO for flaw in flaws):
        yield passed(group, assuming=assuming)
    else:
        unsure = replicas.blockers if replicas.exist is Truth.MAYBE or replicas.sharded is Truth.MAYBE else ()
        yield undecided(group, (*blockers(*deciding), *unsure, *zones_written(group).blockers))


def _contradictions(group: Resource, replicas: Replicas) -> tuple[_Flaw, ...]:
    """What AWS refuses, or accepts and gives nothing for."""
    failover, multi_az = is_true(group["automatic_failover"]), is_true(group["multi_az"])
    alone = ~replicas.exist & (multi_az | (failover & ~replicas.sharded))
    text = "claims Multi-AZ" if multi_az is Truth.YES else "claims automatic failover"
    second_node = (("node_count", 2), *_BOTH) if replicas.sharded is Truth.NO else ()
    return (
        _Flaw(alone, f"{text}, but has no replica to fail over to", "", second_node, Severity.ERROR),
        _Flaw(
            multi_az & ~failover,
            "claims Multi-AZ, but without automatic failover nothing moves to the other zone",
            "multi_az",
            (("automatic_failover", True),),
            Severity.ERROR,
        ),
    )


def _missing(group: Resource, replicas: Replicas) -> tuple[_Flaw, ...]:
    """What the loss of the primary's host or zone takes that much longer without."""
    failover, multi_az = is_true(group["automatic_failover"]), is_true(group["multi_az"])
    over_zones = zones_written(group).spans(2) if zones_written(group) else Truth.NO
    return (
        _Flaw(
            replicas.exist & ~failover,
            "has replicas, but without automatic failover none takes over by itself",
            "automatic_failover",
            _BOTH,
        ),
        _Flaw(~replicas.exist, "has no replica that could take over", ""),
        _Flaw(~failover, "has no automatic failover, however many replicas there are", "automatic_failover"),
        _Flaw(
            failover & ~multi_az & ~over_zones,
            "fails over, but is not Multi-AZ: primary and replica may stand in one zone",
            "multi_az",
            (("multi_az", True),),
            Severity.NOTE,
        ),
    )


def _settings(group: Resource, replicas: Replicas) -> Iterator[Step]:
    for name in ("automatic_failover", "multi_az"):
        yield Step(group.place_of(name), f"{group.written_as(name)} is {group[name]}")
    yield Step(replicas.place, replicas.text)
