"""VPC endpoints: where their network interfaces stand, which route tables lead to them, and whom they serve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from haanalyzer.analysis.alike import ByValue
from haanalyzer.analysis.answers import doubts_about
from haanalyzer.analysis.placement import zones_of
from haanalyzer.analysis.routes.routing import Part, part_of, route_tables_of
from haanalyzer.analysis.routes.ways_out import may_follow
from haanalyzer.analysis.routes.workloads import workloads_in
from haanalyzer.analysis.zones import Zones
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.graph.links import all_links
from haanalyzer.values import Blocker, Truth
from haanalyzer.values.questions import is_equal


def is_of_type(endpoint: Resource, name: str) -> Truth:
    """Whether an endpoint is of a type: ``Gateway``, ``Interface``, ``GatewayLoadBalancer``."""
    return is_equal(endpoint["type"], name)


def interface_subnets(endpoint: Resource, graph: ResourceGraph) -> Links:
    """The subnets in which an endpoint has a network interface."""
    own = (graph.targets(endpoint, "subnets"), graph.targets(endpoint, "subnet_configurations.subnet"))
    return all_links((*own, _attached_by(endpoint, "vpc_endpoint_subnet", "subnet", graph)))


def attached_tables(endpoint: Resource, graph: ResourceGraph) -> Links:
    """The route tables that lead to a gateway endpoint."""
    by_third = _attached_by(endpoint, "vpc_endpoint_route_table", "route_table", graph)
    return all_links((graph.targets(endpoint, "route_tables"), by_third))


def _attached_by(endpoint: Resource, kind: str, relation: str, graph: ResourceGraph) -> Links:
    attachments = graph.sources(endpoint, kind, "endpoint")
    found = [Links(open=attachments.open)]
    for each in attachments.may:
        links = graph.targets(each, relation)
        sure = each in attachments.must
        perhaps = () if sure else doubts_about(each, "may be attached")
        found.append(links if sure else Links(may=links.may, open=(*links.open, *perhaps)))
    return all_links(found)


def zones_of_clients(endpoint: Resource, graph: ResourceGraph, *, workload_only: bool) -> Zones:
    """The zones of the private and isolated subnets of an endpoint's VPC, or of those where workloads stand."""
    return graph.once(_zones_of_workloads if workload_only else _zones_of_subnets, _vpc_of(endpoint, graph))


def _vpc_of(endpoint: Resource, graph: ResourceGraph) -> Resource:
    """The VPC of an endpoint; for one that is not declared here, the first endpoint that names it stands."""
    vpcs = graph.targets(endpoint, "vpc").must
    return vpcs[0] if vpcs else graph.namesakes(endpoint, "vpc")[0]


def _zones_of_subnets(anchor: Resource, graph: ResourceGraph) -> Zones:
    return _of_clients(anchor, graph, workload_only=False)


def _zones_of_workloads(anchor: Resource, graph: ResourceGraph) -> Zones:
    return _of_clients(anchor, graph, workload_only=True)


def _of_clients(anchor: Resource, graph: ResourceGraph, *, workload_only: bool) -> Zones:
    subnets = _of_vpc(anchor, "subnet", graph)
    if not subnets.may and anchor.kind != "vpc":
        return Zones(open=(Blocker(anchor.address, anchor.place, "the subnets of its VPC are not declared here"),))
    found = Zones(open=subnets.open)
    for subnet in subnets.must if subnets.open else subnets.may:
        part = graph.once(part_of, subnet)
        served, unless = ~part.plays(Part.PUBLIC), part.blockers
        if workload_only:
            workloads = workloads_in(subnet, graph)
            served &= Truth.YES if workloads.must else workloads.exist
            unless = (*unless, *workloads.open, *_may_stand(workloads))
        if served is Truth.NO:
            continue
        here = zones_of(subnet, graph)
        if served is Truth.MAYBE or subnet not in subnets.must:
            unless = (*unless, *subnet.existence.unless) or (Blocker(subnet.address, subnet.place, "may be served"),)
            several = unless if subnet.existence.several else ()
            here = Zones(possible=tuple(replace(use, unless=unless) for use in here.sure), open=several)
        found |= here
    return found.each_once


def _may_stand(workloads: Links) -> Iterable[Blocker]:
    unsure = (each for each in workloads.may if each not in workloads.must)
    return (Blocker(each.address, each.place, "may stand in it") for each in unsure)


def tables_beside(endpoint: Resource, graph: ResourceGraph) -> Links:
    """The route tables of an endpoint's VPC that are declared here."""
    vpc = _vpc_of(endpoint, graph)
    return all_links((_of_vpc(vpc, "route_table", graph), graph.sources(vpc, "route_table", "main_of")))


def _of_vpc(anchor: Resource, kind: str, graph: ResourceGraph) -> Links:
    """The subnets or route tables of a VPC, or of the one that a resource names when it is not declared here."""
    if anchor.kind == "vpc":
        return graph.sources(anchor, kind, "vpc")
    of_kind = graph.of_kind(kind)
    found = graph.once(_by_vpc, of_kind[0]).alike(anchor["vpc"]) if of_kind else Links()
    return replace(found, must=tuple(each for each in found.must if each.existence.certain))


def _by_vpc(first: Resource, graph: ResourceGraph) -> ByValue:
    """The resources of a kind by what names their VPC; asked of one of them for all."""
    return ByValue((each, each["vpc"]) for each in graph.of_kind(first.kind))


def subnets_following(table: Resource, graph: ResourceGraph) -> Links:
    """The subnets that follow a route table; ``must`` surely do."""
    found = may_follow(table, graph)
    surely = []
    for subnet in found.may:
        tables = route_tables_of(subnet, graph)
        if tables.tables == (table,) and not tables.main_of and not tables.blockers and subnet.existence.certain:
            surely.append(subnet)
    return replace(found, must=tuple(surely))
