"""A subnet is meant to be public, but its route table does not lead to the internet.

A public NAT gateway, an internet-facing load balancer and an instance with a public
address work only in a subnet whose route table has a route to an internet gateway.
Without one a NAT gateway forwards nothing, a load balancer's node in that subnet
answers nobody (so a part of its clients wait in vain), and public addresses are
unreachable. The classic slips are a NAT gateway in a private subnet, and a load
balancer that was given the private subnets.

What a subnet is meant for is shown by what stands in it, or by the public addresses
that it gives to instances; names and tags are not asked. A subnet without a route
table of its own is another rule's (subnet-on-main-route-table). A default route to a
firewall's endpoint, an appliance or a transit gateway may lead on to the internet:
that is not told here.

How to mend
    Associate the subnet with a route table whose default route leads to the internet
    gateway, or put what stands in it into a public subnet; a load balancer that no one
    outside should reach is `internal`.

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
    https://repost.aws/knowledge-center/elb-connectivity-troubleshooting
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.public_subnets import Meant, meant_public
from haanalyzer.analysis.routing import Part, PartPlayed, part_of
from haanalyzer.analysis.ways_out import may_lead_on, way_out_of
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth


@rule(
    "HA203",
    kinds=("subnet",),
    severity=Severity.ERROR,
    systems=("Internet gateway, egress-only gateway", "Subnet", "Route table", "NAT gateway"),
    like=("nlb-public-subnet",),
)
def public_subnet_without_way(subnet: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    associated = graph.sources(subnet, "route_table_association", "subnet")
    meant = meant_public(subnet, graph)
    if associated.exist is Truth.NO or meant.truth is Truth.NO:
        return
    part = part_of(subnet, graph)
    public = part.is_(Part.PUBLIC)
    if public is Truth.YES:
        yield passed(subnet, assuming=part.assuming)
    elif public is Truth.MAYBE or meant.truth is Truth.MAYBE:
        yield undecided(subnet, (*part.blockers, *meant.blockers))
    else:
        yield _without_route(subnet, meant, part, graph)


def _without_route(subnet: Resource, meant: Meant, part: PartPlayed, graph: ResourceGraph) -> Verdict:
    way = graph.once(way_out_of, subnet)
    if further := may_lead_on(way, graph):
        return undecided(subnet, further)
    first = meant.evidence[0]
    return failed(
        subnet,
        f"{subnet.address} has no route to an internet gateway, although {first.why}",
        evidence=(*(each.step for each in meant.evidence), *part.steps, *way.steps),
        assuming=part.assuming.union(way.assuming, *(each.assuming for each in meant.evidence)),
        severity=None if any(each.stops for each in meant.evidence) else Severity.WARNING,
    )
