"""The loss of one zone leaves too little of the capacity that is always there.

The minimum size of an Auto Scaling group, or the fewest tasks that a service is
kept at, is what its owner says it needs at the quietest hour. Spread evenly over
zones, the loss of the zone that holds the most takes the rounded-up share: of
three instances in two zones it takes two, and until replacements have started,
which takes minutes and competes with everybody else who lost that zone, one is
left to do the work of three.

What is left is held against ``share``, the part of the minimum that must
survive. A minimum of one is another matter (single-instance-group,
single-task-service), and so is a single zone. Groups whose instances have
weights are not meant, for their sizes count no instances, and neither are
services that run one task on each instance. A service that is packed rather
than spread is left undecided.

How to mend
    Make the minimum a multiple of the number of zones, or use three zones: three
    instances in three zones lose one, as two in two zones do.

See also
    https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.serving.capacity import Fewest, fewest_of, left_after_zone_loss, spread_over_zones
from haanalyzer.analysis.zones import Zones
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Change, Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, agreed, assumptions, blockers
from haanalyzer.values.numbers import number


@rule(
    "HA301",
    kinds=("auto_scaling_group", "ecs_service"),
    severity=Severity.WARNING,
    systems=("Auto Scaling group", "ECS on EC2 and Fargate"),
    like=("ec2-az-balance",),
)
def too_little_after_zone_loss(resource: Resource, graph: ResourceGraph, *, share: float = 0.5) -> Iterator[Verdict]:
    zones, spread = zones_of(resource, graph), spread_over_zones(resource)
    spans = zones.spans(2)
    if spans is Truth.NO or spread.truth is Truth.NO:
        return
    fewest = fewest_of(resource, graph)
    enough = {_survives(each, zones, share) for each in fewest.numbers}
    if enough == {None}:
        return
    certain = spans & spread.truth is Truth.YES
    if enough == {Truth.YES} and certain:
        yield passed(resource, assuming=zones.assuming | assumptions(fewest.value))
    elif enough == {Truth.NO} and certain:
        yield _failure(resource, fewest, zones, share)
    else:
        unsure = blockers(fewest.value) or (Blocker(str(fewest.value), fewest.place, "no number"),)
        doubts = (*fewest.blockers, *unsure) if len(enough) > 1 or None in fewest.numbers else ()
        yield undecided(resource, (*doubts, *zones.blockers, *spread.blockers))


def _survives(count: int | None, zones: Zones, share: float) -> Truth | None:
    """Whether enough is left over any number of zones there may be; None where fewer than two are asked for."""
    if count is None:
        return Truth.MAYBE
    if count < 2:
        return None
    most = count if zones.most is None else min(zones.most, count)
    possible = range(max(2, min(zones.fewest, count)), most + 1)
    return agreed(Truth.of(left_after_zone_loss(count, each) >= share * count) for each in possible)


def _failure(resource: Resource, fewest: Fewest, zones: Zones, share: float) -> Verdict:
    count = next(each for each in fewest.numbers if each is not None)
    left = left_after_zone_loss(count, zones.fewest)
    what = "instances" if resource.kind == "auto_scaling_group" else "tasks"
    return failed(
        resource,
        f"{resource.address} keeps at least {count} {what} in {zones.fewest} zones:"
        f" the loss of one zone leaves {left} of them",
        at=fewest.place,
        evidence=(Step(fewest.place, f"{fewest.written_as} is {fewest.value}"), *zones.steps),
        assuming=zones.assuming | assumptions(fewest.value),
        changes=_changes(fewest, count, zones.fewest, share),
    )


_LARGEST = {"min_size": "max_size", "min_capacity": "max_capacity"}


def _changes(fewest: Fewest, count: int, zones: int, share: float) -> tuple[Change, ...]:
    """The next number that is spread evenly, where that is enough and not more than the largest that is allowed."""
    even = ceil(count / zones) * zones
    largest = number(fewest.owner[_LARGEST[fewest.attribute]]) if fewest.attribute in _LARGEST else even
    if even == count or left_after_zone_loss(even, zones) < share * even or largest is None or largest < even:
        return ()
    return (Change(fewest.owner.address, fewest.attribute, even),)
