"""A subnet follows the main route table by oversight.

A subnet that no route table is associated with follows the main one of its VPC, and
nothing says so: in a template it is a line that is missing. The main table that AWS
makes has no way out at all. A public subnet that was forgotten there is not public,
and a workload that stands in it and in subnets with a way out loses its connections
wherever it happens to run in the forgotten one, as it will when the other zone fails.

Oversight is shown, never guessed: by a NAT gateway or an internet-facing load balancer
that stands in the subnet, or by a workload that also stands in subnets that lead out.
That it gives public addresses to instances is a note. An isolated subnet may follow the main table
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

from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.routes.public_subnets import PublicNeed, public_need
from haanalyzer.analysis.routes.routing import Part, part_of
from haanalyzer.analysis.routes.workloads import LeftBehind, left_behind
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth


@rule("HA202", kinds=("subnet",), severity=Severity.ERROR, systems=("Subnet", "Route table"))
def subnet_on_main_route_table(subnet: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    associated = graph.sources(subnet, "route_table_association", "subnet")
    if associated.must:
        yield passed(subnet)
        return
    need = public_need(subnet, graph)
    left = left_behind(subnet, graph)
    if need.meant is Truth.NO and left.truth is Truth.NO:
        return
    part = graph.once(part_of, subnet)
    stranded = left.truth & part.plays(Part.ISOLATED)
    if need.lacking | stranded is Truth.NO:
        yield passed(subnet, assuming=need.assuming)
    elif associated.exist is Truth.NO and need.lacking is Truth.YES:
        yield _not_public(subnet, need, graph)
    elif associated.exist is Truth.NO and stranded is Truth.YES:
        yield _no_way_out(subnet, left, need)
    else:
        perhaps = (why for each in associated.may for why in doubts_about(each, "may be associated"))
        yield undecided(subnet, (*associated.open, *perhaps, *need.blockers, *left.blockers))


def _not_public(subnet: Resource, need: PublicNeed, graph: ResourceGraph) -> Verdict:
    vpc = graph.targets(subnet, "vpc").must[0]
    tables = graph.sources(vpc, "route_table", "vpc")
    if not tables.must:
        return undecided(subnet, tables.open or (Blocker(vpc.address, vpc.place, "no route table is declared here"),))
    return failed(
        subnet,
        f"{subnet.address} has no route table of its own, and the main one of {vpc.address} does not lead to the "
        f"internet, although {need.why}",
        evidence=need.steps,
        assuming=need.assuming,
        severity=None if need.stops else Severity.NOTE,
    )


def _no_way_out(subnet: Resource, left: LeftBehind, need: PublicNeed) -> Verdict:
    return failed(
        subnet,
        f"{subnet.address} has no route table of its own, so {left.workload} has no way out in it, "
        f"but has one in {left.elsewhere}",
        evidence=(*left.steps, *need.steps),
        assuming=need.assuming | left.assuming,
        severity=Severity.WARNING,
    )
