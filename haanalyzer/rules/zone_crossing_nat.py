"""A private subnet leaves through a NAT gateway of another zone.

A zonal NAT gateway stands in one zone. A subnet whose default route leads to the
gateway of another zone loses its way out when that zone fails, although its own
zone is well, and until then pays for every byte that crosses zones. Where the VPC
has a NAT gateway in the subnet's own zone, the route is a slip: a copy that kept
its gateway, or a table shared by the subnets of all zones.

A VPC whose NAT gateways all stand in one zone is not meant: that they are a single
way out is another rule's (single-way-out). Regional NAT gateways are in every zone.
Only IPv4 is judged, and only gateways that are declared here. A subnet in a zone
that has no NAT gateway is judged with `every_zone`: fewer gateways than zones may
be a decision, of which the loss of a zone is the price.

How to mend
    Give each zone's private subnets a route table of their own, whose default route
    leads to the NAT gateway in that zone; or use one regional NAT gateway
    (`AvailabilityMode: regional`).

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
    https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.routes.ways_out import (
    WayOut,
    is_regional,
    through,
    way_out_of,
    zones_with_nat_gateways,
)
from haanalyzer.analysis.zones import describe, same_zone
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, Value, assumptions, blockers


@rule(
    "HA104",
    kinds=("subnet",),
    severity=Severity.WARNING,
    systems=("NAT gateway", "Route table"),
    like=("nat-az-independence",),
)
def zone_crossing_nat(subnet: Resource, graph: ResourceGraph, *, every_zone: bool = True) -> Iterator[Verdict]:
    way = graph.once(way_out_of, subnet)
    gateways = through(way, graph, ["nat_gateway"])
    if gateways.exist is Truth.NO or zones_of(subnet, graph).local:
        return
    if not gateways.must:
        yield undecided(subnet, _why_unknown(way, gateways))
        return
    regional = is_regional(gateways.must[0])
    if regional is Truth.MAYBE:
        yield undecided(subnet, blockers(gateways.must[0]["availability_mode"]))
    elif regional is Truth.NO:
        yield from _of_zone(subnet, gateways.must[0], way, graph, every_zone)


def _why_unknown(way: WayOut, gateways: Links) -> tuple[Blocker, ...]:
    chosen = blockers(way.route["nat_gateway"]) if way.route else way.blockers
    elsewhere = (Blocker(str(each), each.place, "a NAT gateway that is not declared here") for each in gateways.outside)
    return gateways.blockers or chosen or tuple(elsewhere)


def _of_zone(
    subnet: Resource, gateway: Resource, way: WayOut, graph: ResourceGraph, every_zone: bool
) -> Iterator[Verdict]:
    mine, its = zones_of(subnet, graph), zones_of(gateway, graph)
    if not its.sure:
        nowhere = Blocker(gateway.address, gateway.place, "names no subnet or zone of its own")
        yield undecided(subnet, its.blockers or (nowhere,))
        return
    zone, other = mine.sure[0].zone, its.sure[0].zone
    together = same_zone(zone, other)
    if together is Truth.YES:
        yield passed(subnet, assuming=way.assuming | assumptions(zone, other))
        return
    in_vpc = zones_with_nat_gateways(gateway, graph)
    meant = in_vpc.spans(2) if every_zone else in_vpc.includes(zone)
    if Truth.MAYBE in (together, meant):
        yield undecided(subnet, (mine | its | in_vpc).blockers)
    elif meant is Truth.YES:
        yield _crossing(subnet, gateway, way, graph)


def _crossing(subnet: Resource, gateway: Resource, way: WayOut, graph: ResourceGraph) -> Verdict:
    assert way.route is not None
    mine, its = zones_of(subnet, graph), zones_of(gateway, graph)
    own = _gateway_of_zone(mine.sure[0].zone, gateway, graph)
    here, there = describe(mine.sure[0].zone), describe(its.sure[0].zone)
    instead = f", although {own.address} is in its own zone" if own else ""
    return failed(
        subnet,
        f"{subnet.address} is in {here}, but leaves through {gateway.address} in {there}{instead}",
        at=way.route.place_of("nat_gateway"),
        evidence=(
            *way.steps,
            Step(way.route.place_of("nat_gateway"), f"{way.route.address} leads to {gateway.address}"),
            *mine.steps,
            *its.steps,
            *((Step(own.place, f"{own.address} is in {here}"),) if own else ()),
        ),
        assuming=way.assuming.union(*(zones.assuming for zones in (mine, its))),
    )


def _gateway_of_zone(zone: Value, gateway: Resource, graph: ResourceGraph) -> Resource | None:
    """A NAT gateway in a zone of another one's VPC, where there surely is one."""
    for use in zones_with_nat_gateways(gateway, graph).sure:
        if same_zone(use.zone, zone) is Truth.YES and (subnet := graph.resources.get(use.by)):
            return next(iter(graph.sources(subnet, "nat_gateway", "subnet").must), None)
    return None
