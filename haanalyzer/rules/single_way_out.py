"""One NAT gateway or NAT instance is the only way out of several zones.

A NAT gateway stands in one zone, and so does an instance or a network interface
that forwards traffic. When the private subnets of two zones or more leave through
the same one, everything in them loses the internet, and with it AWS's own services,
when that zone fails: a second zone that cannot reach what it needs is none.

A VPC whose NAT gateways stand in several zones is not meant: which of them a subnet
should leave through is another rule's (zone-crossing-nat). Neither are regional NAT
gateways, which stand in every zone. A NAT instance that is started by an Auto Scaling
group writes its routes itself, where a template does not show them. Only the default
route of IPv4 is judged. With `workload_only`, a way out is meant where an Auto
Scaling group, a service, a function or instances of this template surely stand in two
zones that leave through it: a network alone does not tell how much it must survive.

How to mend
    Put a NAT gateway into a public subnet of each zone, and give each zone's private
    subnets a route table that leads to it (`one_nat_gateway_per_az` in Terraform's
    VPC module); or use one regional NAT gateway.

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haanalyzer.analysis.placement import zones_through
from haanalyzer.analysis.routes.ways_out import (
    is_regional,
    subnets_leaving_through,
    way_out_of,
    zones_with_nat_gateways,
)
from haanalyzer.analysis.routes.workloads import workloads_in
from haanalyzer.analysis.zones import Zones, named
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth, blockers


@rule(
    "HA105",
    kinds=("nat_gateway", "instance", "network_interface"),
    severity=Severity.WARNING,
    systems=("NAT gateway", "NAT instance, Squid proxy", "Route table"),
    like=("nat-multi-az", "nva-two"),
)
def single_way_out(nat: Resource, graph: ResourceGraph, *, workload_only: bool = False) -> Iterator[Verdict]:
    regional = is_regional(nat) if nat.kind == "nat_gateway" else Truth.NO
    leaving = subnets_leaving_through(nat, graph)
    if regional is Truth.YES or leaving.exist is Truth.NO:
        return
    if regional is Truth.MAYBE:
        yield undecided(nat, blockers(nat["availability_mode"]))
        return
    behind = _zones(leaving, graph)
    served = _with_workloads(leaving, graph) if workload_only else leaving
    at_stake = _zones(served, graph) if workload_only else behind
    alone = ~_zones_beside(nat, graph).spans(2)
    if alone is Truth.NO or behind.spans(2) is Truth.NO:
        yield passed(nat, assuming=behind.assuming)
    elif at_stake.spans(2) is Truth.NO:
        return
    elif Truth.MAYBE in (alone, at_stake.spans(2)):
        yield undecided(nat, (at_stake | _zones_beside(nat, graph)).blockers)
    else:
        yield _failure(nat, served, at_stake, graph)


def _zones_beside(nat: Resource, graph: ResourceGraph) -> Zones:
    """The zones of all NAT gateways in the VPC; those of a NAT instance are not asked for."""
    if nat.kind != "nat_gateway":
        return Zones()
    return zones_with_nat_gateways(nat, graph)


def _zones(subnets: Links, graph: ResourceGraph) -> Zones:
    """The zones of subnets, of which some only may leave there."""
    unsure = [each for each in subnets.may if each not in subnets.must]
    ways = (blocker for each in unsure for blocker in graph.once(way_out_of, each).blockers)
    return zones_through(subnets, graph, tuple(ways))


def _with_workloads(subnets: Links, graph: ResourceGraph) -> Links:
    """The subnets in which a workload surely, or perhaps, stands."""
    found = {each: workloads_in(each, graph) for each in subnets.may}
    surely = (each for each in subnets.must if found[each].must)
    perhaps = (each for each, links in found.items() if links.exist is not Truth.NO)
    return replace(subnets, must=tuple(surely), may=tuple(perhaps))


def _failure(nat: Resource, subnets: Links, zones: Zones, graph: ResourceGraph) -> Verdict:
    ways = [graph.once(way_out_of, each) for each in subnets.must]
    standing: dict[Resource, list[str]] = {}
    for subnet in subnets.must:
        for workload in workloads_in(subnet, graph).must:
            standing.setdefault(workload, []).append(subnet.address)
    return failed(
        nat,
        f"{nat.address} is the only way out of subnets in {named(zones.sure)}",
        evidence=(
            *(step for way in ways for step in way.steps),
            *zones.steps,
            *(Step(each.place, f"{each.address} stands in {' and '.join(where)}") for each, where in standing.items()),
        ),
        assuming=zones.assuming.union(*(way.assuming for way in ways), *(each.existence.assuming for each in standing)),
    )
