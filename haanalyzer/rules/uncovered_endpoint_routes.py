"""A gateway endpoint is not attached to route tables whose subnets should use it.

A gateway endpoint for S3 or DynamoDB serves the subnets whose route tables it is
attached to, and no others. Where it is attached to the table of one zone and not to that
of the next, a workload in both reaches its data through the endpoint here, and there
through the NAT gateway, or, in an isolated subnet, not at all: it works until it runs in
the other zone. An endpoint that is attached to no table serves nobody.

Meant are tables that lead out by the same sort of way as one that is attached (by a NAT
gateway each): what follows them has another way to the service, and with it another
thing to lose; that is a note. Tables of isolated subnets are meant where a workload
stands that is served elsewhere, for a database needs no endpoint. Public tables are not
meant. With `workload_only` only workloads that are served in one subnet and not in
another are.

How to mend
    Attach the endpoint to the route table of each such subnet (`RouteTableIds`,
    `route_table_ids`).

See also
    https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.routes.endpoint_routes import Lack, lacking
from haanalyzer.analysis.routes.vpc_endpoints import attached_tables, is_of_type
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Truth, assumptions, blockers


@rule(
    "HA206",
    kinds=("vpc_endpoint",),
    severity=Severity.WARNING,
    systems=("Gateway endpoint", "Route table"),
    like=("ddb-vpce-routes",),
)
def uncovered_endpoint_routes(
    endpoint: Resource, graph: ResourceGraph, *, workload_only: bool = False
) -> Iterator[Verdict]:
    gateway = is_of_type(endpoint, "Gateway")
    if gateway is Truth.NO:
        return
    if gateway is Truth.MAYBE:
        yield undecided(endpoint, blockers(endpoint["type"]))
        return
    attached = attached_tables(endpoint, graph)
    if attached.exist is Truth.NO:
        yield failed(endpoint, f"{endpoint.address} is attached to no route table, so it serves nobody")
        return
    lack = lacking(endpoint, attached, graph, workload_only=workload_only)
    if lack.tables:
        yield _uncovered(endpoint, attached, lack)
    elif unsure := (*lack.blockers, *(attached.blockers if attached.exist is Truth.MAYBE else ())):
        yield undecided(endpoint, unsure)
    else:
        yield passed(endpoint, assuming=lack.assuming | assumptions(endpoint["type"]))


def _uncovered(endpoint: Resource, attached: Links, lack: Lack) -> Verdict:
    there = " and ".join([*(each.address for each in attached.must), *map(str, attached.outside)])
    tables = " and ".join(each.address for each in lack.tables)
    who = f", where {lack.workload} stands, too" if lack.workload else ""
    return failed(
        endpoint,
        f"{endpoint.address} is attached to {there or 'other route tables'}, but not to {tables}{who}",
        at=endpoint.place_of("route_tables"),
        evidence=(*(Step(each.place, f"{each.address} does not lead to it") for each in lack.tables), *lack.steps),
        assuming=lack.assuming | assumptions(endpoint["type"]),
        severity=None if lack.workload else Severity.NOTE,
    )
