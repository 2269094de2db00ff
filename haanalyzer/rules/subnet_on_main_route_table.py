"""A subnet follows the main route table by oversight.

A subnet that no route table is associated with follows the main one of its VPC, and
nothing says so: in a template it is a line that is missing. The main table that AWS
makes has no way out at all. A public subnet that was forgotten there is not public,
and a workload that stands in it and in subnets with a way out loses its connections
wherever it happens to run in the forgotten one, as it will when the other zone fails.

Oversight is shown, never guessed: by a NAT gateway or an internet-facing load balancer
that stands in the subnet, by the public addresses that it gives, or by a workload
that also stands in subnets that lead out. An isolated subnet may follow the main table
on purpose, as may any where that table has the routes it needs. Where no route table of
the VPC is declared here, the routes are another template's.

How to mend
    Associate the subnet with the route table of its kind:
    `AWS::EC2::SubnetRouteTableAssociation` or `aws_route_table_association`.

See also
    https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html
    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.public_subnets import Meant, meant_public
from haanalyzer.analysis.routing import Part, PartPlayed, part_of
from haanalyzer.analysis.ways_out import may_lead_on, way_out_of
from haanalyzer.analysis.workloads import LeftBehind, left_behind
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth


@rule("HA202", kinds=("subnet",), severity=Severity.ERROR, systems=("Subnet", "Route table"))
def subnet_on_main_route_table(subnet: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    associated = graph.sources(subnet, "route_table_association", "subnet")
    if associated.must:
        yield passed(subnet)
        return
    meant = meant_public(subnet, graph)
    left = left_behind(subnet, graph)
    if meant.truth is Truth.NO and left.truth is Truth.NO:
        return
    part = part_of(subnet, graph)
    if part.is_(Part.PUBLIC) is Truth.YES:
        yield passed(subnet, assuming=part.assuming)
    elif associated.exist is Truth.NO and meant.truth is Truth.YES and part.is_(Part.PUBLIC) is Truth.NO:
        yield _not_public(subnet, meant, part, graph)
    elif associated.exist is Truth.NO and left.truth is Truth.YES and part.is_(Part.ISOLATED) is Truth.YES:
        yield _no_way_out(subnet, left, part)
    elif meant.truth is Truth.NO and part.is_(Part.ISOLATED) is Truth.NO:
        yield passed(subnet, assuming=part.assuming)
    else:
        perhaps = (Blocker(each.address, each.place, "may be associated") for each in associated.may)
        yield undecided(subnet, (*associated.open, *perhaps, *part.blockers, *meant.blockers, *left.blockers))


def _not_public(subnet: Resource, meant: Meant, part: PartPlayed, graph: ResourceGraph) -> Verdict:
    vpc = graph.targets(subnet, "vpc").must[0]
    tables = graph.sources(vpc, "route_table", "vpc")
    nobody = Blocker(vpc.address, vpc.place, "none of its route tables is declared here")
    further = may_lead_on(graph.once(way_out_of, subnet), graph)
    if not tables.must or further:
        return undecided(subnet, further or tables.open or (nobody,))
    first = meant.evidence[0]
    return failed(
        subnet,
        f"{subnet.address} has no route table of its own, and the main one of {vpc.address} does not lead to the "
        f"internet, although {first.why}",
        evidence=(*(each.step for each in meant.evidence), *part.steps),
        assuming=part.assuming.union(*(each.assuming for each in meant.evidence)),
        severity=None if any(each.stops for each in meant.evidence) else Severity.WARNING,
    )


def _no_way_out(subnet: Resource, left: LeftBehind, part: PartPlayed) -> Verdict:
    return failed(
        subnet,
        f"{subnet.address} has no route table of its own, so {left.workload} has no way out in it, "
        f"but has one in {left.elsewhere}",
        evidence=(*left.steps, *part.steps),
        assuming=part.assuming | left.assuming,
        severity=Severity.WARNING,
    )
