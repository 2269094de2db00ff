"""A subnet is meant to be public, but its route table does not lead to the internet.

A public NAT gateway, an internet-facing load balancer and an instance with a public
address work only in a subnet whose route table has a route to an internet gateway.
Without one a NAT gateway forwards nothing, a load balancer's node in that subnet
answers nobody (so a part of its clients wait in vain), and public addresses are
unreachable. The classic slips are a NAT gateway in a private subnet, and a load
balancer that was given the private subnets.

What a subnet is meant for is shown by what stands in it; names and tags are not asked.
That it gives public addresses to instances is a note, and where any other way out is
left to them, it is none. A subnet without a route table of its own is another rule's
(subnet-on-main-route-table). A default route to a firewall's endpoint, an appliance or
a transit gateway may lead on to the internet: that is not told here.

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

from haanalyzer.analysis.routes.public_subnets import public_need
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
    need = public_need(subnet, graph)
    if associated.exist is Truth.NO or need.meant is Truth.NO:
        return
    if need.lacking is Truth.NO:
        yield passed(subnet, assuming=need.assuming)
    elif need.lacking is Truth.MAYBE:
        yield undecided(subnet, need.blockers)
    else:
        yield failed(
            subnet,
            f"{subnet.address} has no route to an internet gateway, although {need.why}",
            evidence=need.steps,
            assuming=need.assuming,
            severity=None if need.stops else Severity.NOTE,
        )
