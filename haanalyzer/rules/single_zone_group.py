"""An Auto Scaling group can launch in one zone only.

A group replaces the instances it loses, and does so in another zone when it is
given one. With subnets in one zone only, the loss of that zone takes every
instance and leaves nowhere to launch new ones; a group of one that is meant to
heal itself heals nothing then. A second subnet costs nothing.

Groups that share their work are not meant while they stand in different zones
together: one group for each zone, as node groups with volumes have it, told by
the same launch template, the same target group or load balancer, or the same
block with ``count`` or ``for_each``. A group in a placement group is left
undecided, for a cluster placement group holds one zone.

How to mend
    Give the group a subnet in each of two zones or more, three where the region
    has them. Where its data binds it to a zone, declare a group for each zone
    from the same launch template.

See also
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-groups.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.serving.siblings import zones_with_siblings
from haanalyzer.analysis.zones import Zones, describe
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Blocker, Truth, Value
from haanalyzer.values.questions import is_written


@rule(
    "HA108",
    kinds=("auto_scaling_group",),
    severity=Severity.WARNING,
    systems=("Auto Scaling group", "Bastion host"),
    like=("asg-multi-az", "bastion-ha"),
)
def single_zone_group(group: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    zones = zones_of(group, graph)
    if zones.spans(2) is Truth.YES:
        yield passed(group, assuming=zones.assuming)
        return
    together = zones_with_siblings(group, graph)
    spans = together.spans(2)
    bound = _placement_group(group, graph)
    if spans is Truth.YES:
        yield passed(group, assuming=together.assuming)
    elif not zones:
        nowhere = Blocker(group.address, group.place, "names no subnet or zone of its own")
        yield undecided(group, (nowhere,))
    elif spans is Truth.MAYBE or bound is not None or not (zones.sure or zones.local):
        yield undecided(group, (*together.blockers, *zones.blockers, *_cluster(bound)))
    else:
        yield _failure(group, zones)


def _failure(group: Resource, zones: Zones) -> Verdict:
    name = next((name for name in ("subnets", "zones") if not isinstance(group[name], Absent)), "subnets")
    where = describe(zones.sure[0].zone) if zones.sure else "no Availability Zone"
    few = "one zone only" if zones.sure else "Local and Wavelength Zones only"
    return failed(
        group,
        f"{group.address} launches in {few}: {_given(zones, group)} {where}",
        at=group.place_of(name),
        evidence=zones.steps,
        assuming=zones.assuming,
    )


def _given(zones: Zones, group: Resource) -> str:
    uses = zones.sure or zones.local
    if all(use.by == group.address for use in uses):
        return "its only zone is"
    subnets = {1: "its only subnet is in", 2: "both of its subnets are in"}
    return subnets.get(len(uses), f"all {len(uses)} of its subnets are in")


def _placement_group(group: Resource, graph: ResourceGraph) -> Value | None:
    """The placement group that binds the instances, by the group's word or its launch template's."""
    relations = ("launch_template", "launch_template_name", "mixed_launch_template", "mixed_launch_template_name")
    templates = [each for relation in relations for each in graph.targets(group, relation).may]
    written = (each["placement_group"] for each in (group, *templates))
    return next((each for each in written if is_written(each) is not Truth.NO), None)


def _cluster(bound: Value | None) -> tuple[Blocker, ...]:
    return () if bound is None else (Blocker(str(bound), bound.place, "a cluster placement group holds one zone"),)
