"""A load balancer, or the targets behind it, stand in fewer zones than they should.

A load balancer has a node in each zone that it is given a subnet in. With one
zone only, whether by one subnet or by several in the same zone, the entry to
everything behind it stops with that zone. The same holds one step further: when
the targets of a group stand in fewer zones than the balancer, the zones without
a target answer only across zones, and the loss of the targets' zones takes all
of them; and when they have no zone in common, an instance target is not even in
a zone that is enabled. A single instance can stand in one zone only, so that is
no more than a note.

Internal load balancers are meant too. A load balancer whose subnets are a
parameter is not judged, and neither are targets that register themselves by
means a template does not show. Targets that are Lambda functions or other load
balancers are regional.

How to mend
    Give the load balancer a subnet in each of two zones or more, and its targets'
    Auto Scaling group, service or instances subnets in the same zones.

See also
    https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import placed_alike, placed_at, zones_of
from haanalyzer.analysis.serving.targets import TargetGroup, target_groups_of, zones_of_target
from haanalyzer.analysis.zones import Zones, ZoneUse, describe, named
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, once_for_each_cause, passed, rule, undecided
from haanalyzer.values import Blocker, Truth


@rule(
    "HA102",
    kinds=("load_balancer", "classic_load_balancer"),
    severity=Severity.WARNING,
    systems=("Classic load balancer", "Application load balancer", "Network load balancer", "Target group"),
    like=("alb-two-subnets", "clb-multi-az", "elbv2-multi-az", "asg-lb-az-match"),
)
def single_zone_load_balancer(balancer: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    zones = zones_of(balancer, graph)
    yield _own_zones(balancer, zones)
    if zones.sure or zones.possible or zones.open:
        groups = target_groups_of(balancer, graph)
        yield from once_for_each_cause(_targets_zones(balancer, zones, group, graph) for group in groups)


def _own_zones(balancer: Resource, zones: Zones) -> Verdict:
    spans = zones.spans(2)
    if spans is Truth.YES:
        return passed(balancer, part="zones", assuming=zones.assuming)
    if spans is Truth.MAYBE or (zones.possible and not zones.sure):
        return undecided(balancer, zones.blockers, part="zones")
    if not zones:
        nowhere = Blocker(balancer.address, balancer.place, "names no subnet or zone of its own")
        return undecided(balancer, (nowhere,), part="zones")
    few = "one Availability Zone only" if zones.sure else "no Availability Zone"
    return failed(
        balancer,
        f"{balancer.address} has nodes in {few}: {_where(balancer, zones)}",
        at=placed_at(balancer),
        part="zones",
        evidence=zones.steps,
        assuming=zones.assuming,
        severity=None if zones.sure else Severity.NOTE,
    )


def _where(balancer: Resource, zones: Zones) -> str:
    uses = zones.sure or zones.local
    zone = describe(uses[0].zone)
    if all(use.by == balancer.address for use in uses):
        return f"its only zone is {zone}"
    if len(uses) == 1:
        return f"its only subnet is in {zone}"
    return f"{'both' if len(uses) == 2 else f'all {len(uses)}'} of its subnets are in {zone}"


def _targets_zones(balancer: Resource, zones: Zones, group: TargetGroup, graph: ResourceGraph) -> Verdict:
    """Whether the targets stand in every zone of the balancer."""
    part = f"targets of {group.address}"
    if any(placed_alike(balancer, member) for member in group.members):
        return passed(balancer, part=part, assuming=group.assuming)
    targets = group.zones(graph)
    covered = [targets.includes(use.zone) for use in zones.sure]
    missing = [use for use, truth in zip(zones.sure, covered, strict=True) if truth is Truth.NO]
    assuming = zones.assuming | targets.assuming | group.assuming
    if not missing:
        if all(truth is Truth.YES for truth in covered) and not zones.possible and not zones.open:
            return passed(balancer, part=part, assuming=assuming)
        return undecided(balancer, (zones | targets).blockers, part=part)
    apart = len(missing) == len(zones.sure) and not zones.possible and not zones.open
    minor = targets.fewest > 1 or (_is_single_instance(group) and not apart)
    return failed(
        balancer,
        _lacking(balancer, missing, group, targets, apart=apart),
        at=placed_at(group.members[0]),
        part=part,
        evidence=(*zones.steps, *group.steps, *targets.steps, *_members(group, graph)),
        assuming=assuming,
        severity=Severity.NOTE if minor else None,
    )


def _is_single_instance(group: TargetGroup) -> bool:
    return [member.kind for member in group.members] == ["instance"]


def _lacking(balancer: Resource, missing: list[ZoneUse], group: TargetGroup, targets: Zones, *, apart: bool) -> str:
    what, are = ("only target", "is") if _is_single_instance(group) else ("targets", "are")
    whose = f"its {what}" if group.address == balancer.address else f"the {what} of {group.address}"
    there = named(targets.sure + targets.possible or targets.local)
    if apart:
        return f"{balancer.address} shares no zone with {whose} in {there}: its nodes are in {named(missing)}"
    nodes = "a node" if named(missing) == describe(missing[0].zone) else "nodes"
    return f"{balancer.address} has {nodes} in {named(missing)}, but {whose} {are} in {there}"


def _members(group: TargetGroup, graph: ResourceGraph) -> Iterator[Step]:
    for member in group.members:
        zones = zones_of_target(member, graph)
        uses = zones.sure + zones.possible or zones.local
        yield Step(placed_at(member), f"{member.address} is a target in {named(uses)}")
