"""An interface endpoint has no network interface in a zone that its clients stand in.

An interface endpoint is reached through network interfaces, one in each subnet that it
is given. Clients in a zone without one reach the service through another zone, and lose
it when that zone fails, although their own is well. An endpoint with interfaces in one
zone only is lost with that zone for the whole VPC: with private DNS its name then leads
nowhere else.

Clients are taken to stand in the private and the isolated subnets of the endpoint's VPC
that are declared here; with `workload_only`, in those where a workload of this template
surely stands. Where two zones are covered and a third is not, that is a note: traffic
crosses zones, but survives the loss of one. Gateway endpoints and endpoints of Gateway
Load Balancers are not meant.

How to mend
    Give the endpoint one subnet in each zone that its clients stand in (`SubnetIds`,
    `subnet_ids`).

See also
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import zones_through
from haanalyzer.analysis.routes.vpc_endpoints import interface_subnets, is_of_type, zones_of_clients
from haanalyzer.analysis.zones import Zones, ZoneUse, named
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Blocker, Truth, assumptions, blockers


@rule(
    "HA106",
    kinds=("vpc_endpoint",),
    severity=Severity.WARNING,
    systems=("Interface endpoint",),
    like=("vpce-multi-az",),
)
def uncovered_endpoint_zone(
    endpoint: Resource, graph: ResourceGraph, *, workload_only: bool = False
) -> Iterator[Verdict]:
    interface = is_of_type(endpoint, "Interface")
    clients = zones_of_clients(endpoint, graph, workload_only=workload_only)
    if interface is Truth.NO or not (clients.sure or clients.possible or clients.open):
        return
    if interface is Truth.MAYBE:
        yield undecided(endpoint, blockers(endpoint["type"]))
        return
    subnets = interface_subnets(endpoint, graph)
    covered = zones_through(subnets, graph, blockers(endpoint["subnets"]))
    includes = [covered.includes(use.zone) for use in clients.sure]
    missing = [use for use, truth in zip(clients.sure, includes, strict=True) if truth is Truth.NO]
    if missing and covered.sure:
        yield _uncovered(endpoint, covered, clients, missing)
    elif all(covered.includes(use.zone) is Truth.YES for use in clients.sure + clients.possible) and not clients.open:
        yield passed(endpoint, assuming=covered.assuming | clients.assuming | assumptions(endpoint["type"]))
    else:
        nowhere = Blocker(endpoint.address, endpoint.place, "names no subnet of its own")
        yield undecided(endpoint, (covered | clients).blockers or (nowhere,))


def _uncovered(endpoint: Resource, covered: Zones, clients: Zones, missing: list[ZoneUse]) -> Verdict:
    standing = dict.fromkeys(use.by for use in missing)
    return failed(
        endpoint,
        f"{endpoint.address} has network interfaces in {named(covered.sure + covered.possible)} only, "
        f"but {' and '.join(standing)} {'is' if len(standing) == 1 else 'are'} in {named(missing)}",
        at=endpoint.place_of("subnets"),
        evidence=(*covered.steps, *(step for use in missing for step in use.steps)),
        assuming=covered.assuming | clients.assuming | assumptions(endpoint["type"]),
        severity=None if covered.spans(2) is Truth.NO else Severity.NOTE,
    )
