"""An instance stands alone: nothing replaces it, and nobody stands in for it.

An instance that no Auto Scaling group holds is gone when its zone is, and comes
back from a failed machine only where automatic recovery can move it, in the same
zone. Whatever it does stops until somebody builds it again, so it is a single
point of failure, whether it serves requests, is the way in for administrators,
or the way out for a subnet.

Instances that share their work are not meant while they stand in different
zones: those behind one load balancer, and those of one block with ``count`` or
``for_each``. Where another of the same image and size stands in another zone,
nothing is said of either, for it may be a standby. An instance that packets are
routed through, as a NAT instance or proxy, is meant even then, for a route does
not move to another.

How to mend
    Put the instance into an Auto Scaling group over two zones, be it a group of
    one; a NAT instance into a group for each zone, or use NAT gateways.

See also
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-recover.html
    https://docs.aws.amazon.com/autoscaling/ec2/userguide/what-is-amazon-ec2-auto-scaling.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.serving.siblings import perhaps_standby, siblings_of, zones_with_siblings
from haanalyzer.analysis.zones import Zones
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, blockers
from haanalyzer.values.questions import is_equal


@rule(
    "HA307",
    kinds=("instance",),
    severity=Severity.WARNING,
    systems=("EC2 instance", "Bastion host", "NAT instance, Squid proxy"),
    like=("ec2-standalone", "bastion-ha", "nva-two", "tg-two-targets"),
)
def standalone_instance(instance: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    siblings = siblings_of(instance, graph)
    zones = zones_with_siblings(instance, graph)
    apart = zones.spans(2) if siblings.may or not siblings.complete else Truth.NO
    routed = _is_routed_through(instance, graph)
    standby = perhaps_standby(instance, graph) if apart is Truth.NO and routed is Truth.NO else None
    if routed is Truth.YES or (apart is Truth.NO and standby is None):
        yield _failure(instance, siblings, zones, graph)
    elif apart is Truth.YES and routed is Truth.NO:
        yield passed(instance, assuming=zones.assuming)
    else:
        yield undecided(instance, (*siblings.blockers, *zones.blockers, *_doubts(instance, standby, graph)))


def _doubts(instance: Resource, standby: Resource | None, graph: ResourceGraph) -> Iterator[Blocker]:
    """Why it cannot be told whether packets are routed through an instance, or whether another stands by."""
    routes = graph.sources(instance, "route", "instance")
    if standby is not None:
        yield Blocker(standby.address, standby.place, f"may stand in for {instance.address}")
    elif _is_routed_through(instance, graph) is Truth.MAYBE:
        yield from (*blockers(instance["source_dest_check"]), *routes.open)
        yield from (Blocker(each.address, each.place, f"may lead to {instance.address}") for each in routes.may)


def _is_routed_through(instance: Resource, graph: ResourceGraph) -> Truth:
    """Whether other hosts' packets go through it: a route leads to it, or it takes in what is not for itself."""
    return is_equal(instance["source_dest_check"], False) | graph.sources(instance, "route", "instance").exist


def _failure(instance: Resource, siblings: Links, zones: Zones, graph: ResourceGraph) -> Verdict:
    routes = graph.sources(instance, "route", "instance").must
    evidence: tuple[Step, ...] = ()
    if routes or is_equal(instance["source_dest_check"], False) is Truth.YES:
        message = f"{instance.address} is a single instance that packets are routed through: no group replaces it"
        way = routes[0].place_of("instance") if routes else instance.place_of("source_dest_check")
        evidence = (Step(way, f"packets are routed through {instance.address}"),)
    elif siblings.must:
        message = f"{instance.address} and {_others(siblings)} stand in one zone, and no group replaces them"
        evidence = zones.steps
    else:
        message = f"{instance.address} is a single instance: no group replaces it, and it shares its work with no other"
    return failed(instance, message, evidence=evidence, assuming=zones.assuming)


def _others(siblings: Links) -> str:
    count = len(siblings.must)
    return siblings.must[0].address if count == 1 else f"{count} others like it"
