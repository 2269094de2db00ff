"""Targets stand in a zone that their load balancer has no node in.

A load balancer sends only to targets in the zones that it is given a subnet in.
What is registered from another zone is counted by its Auto Scaling group or
service, is paid for, and receives no traffic: the capacity that was meant to
survive a zone is not there, and a service that waits for its targets to become
healthy waits in vain.

Judged are Auto Scaling groups, ECS services and instances that are registered
with a load balancer declared here. Where they share no zone with it at all, or
stand in fewer zones than it does, `single-zone-load-balancer` says so. Targets
that are Lambda functions or other load balancers are regional. Where the zones
of either side are left to parameters, nothing is said.

How to mend
    Give the load balancer a subnet in each zone that its targets stand in, or
    keep the targets to the zones that it has.

See also
    https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import placed_alike, placed_at, zones_of
from haanalyzer.analysis.serving.targets import TargetGroup, target_groups_of, zones_of_target
from haanalyzer.analysis.zones import Zones, named
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, any_of


@rule(
    "HA109",
    kinds=("load_balancer", "classic_load_balancer"),
    severity=Severity.WARNING,
    systems=("Classic load balancer", "Application load balancer", "Network load balancer", "Target group"),
    like=("asg-lb-az-match",),
)
def group_outside_balancer_zones(balancer: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    zones = zones_of(balancer, graph)
    if not (zones.sure or zones.possible or zones.open):
        return
    judged: set[Resource] = set()
    for group in target_groups_of(balancer, graph):
        if not group.members:
            yield undecided(balancer, group.blockers, part=f"zones of {group.address}")
        for member in group.members:
            if member not in judged:
                judged.add(member)
                yield from _zones_of_member(member, balancer, zones, group, graph)


def _zones_of_member(
    member: Resource, balancer: Resource, zones: Zones, group: TargetGroup, graph: ResourceGraph
) -> Iterator[Verdict]:
    part = f"zones of {member.address}"
    assuming = group.assuming | member.existence.assuming
    if placed_alike(balancer, member):
        yield passed(balancer, part=part, assuming=assuming)
        return
    own = zones_of_target(member, graph)
    inside = [zones.includes(use.zone) for use in own.sure]
    outside = [use for use, truth in zip(own.sure, inside, strict=True) if truth is Truth.NO]
    assuming |= zones.assuming | own.assuming
    if own.sure and not (own.possible or own.open) and all(truth is Truth.YES for truth in inside):
        yield passed(balancer, part=part, assuming=assuming)
        return
    meeting = _meeting(zones, group.zones(graph))
    if outside and meeting is Truth.YES and not group.doubts:
        yield failed(
            balancer,
            f"{member.address} is a target in {named(outside)}, where {balancer.address} has no node and sends nothing:"
            f" its nodes are in {named(zones.sure + zones.possible)}",
            at=placed_at(member),
            part=part,
            evidence=(*zones.steps, *group.steps, *own.steps),
            assuming=assuming,
        )
    elif meeting is not Truth.NO or group.doubts:
        unclear = Blocker(member.address, member.place, "which of its zones are the load balancer's cannot be told")
        yield undecided(balancer, (*group.doubts, *(zones | own).blockers) or (unclear,), part=part)


def _meeting(zones: Zones, targets: Zones) -> Truth:
    """Whether a load balancer and its targets have any zone in common."""
    sure = any_of(zones.includes(use.zone) for use in targets.sure)
    perhaps = any_of(zones.includes(use.zone) for use in targets.possible)
    more = Truth.MAYBE if targets.open else Truth.NO
    return sure | ((perhaps | more) & Truth.MAYBE)
